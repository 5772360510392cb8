using Assay.Contracts.State;

namespace Assay.Detection.Reference;

/// <summary>A contribution between a shard and its cohort.</summary>
internal static class LabelContributionFormat
{
    private const byte Version = 1;

    public static byte[] Write(LabelContribution contribution)
    {
        var writer = new StateWriter();
        writer.Byte(Version);
        writer.String(contribution.Shard);
        writer.Int64(contribution.First);
        WriteNames(writer, contribution.Owners);
        WriteNames(writer, contribution.Labels);
        writer.Varint((ulong)contribution.Examples.Length);
        foreach (ref readonly var example in contribution.Examples.AsSpan())
        {
            writer.Varint((ulong)example.Owner);
            writer.Varint((ulong)example.Label);
            writer.Varint((ulong)example.Count);
        }

        writer.Array<ulong>(contribution.Slices);
        writer.Varint((ulong)contribution.Residuals.Length);
        foreach (ref readonly var residual in contribution.Residuals.AsSpan())
        {
            writer.Varint((ulong)residual.Owner);
            writer.Double(residual.Score);
            writer.Double(residual.Information);
        }

        return writer.Written.ToArray();
    }

    public static LabelContribution Read(ReadOnlySpan<byte> data)
    {
        var reader = new StateReader(data);
        var version = reader.Byte();
        if (version != Version)
            throw new StateFormatException($"label contribution of version {version}; this program reads version {Version}");
        var shard = reader.String();
        var first = reader.Int64();
        var owners = ReadNames(ref reader);
        var labels = ReadNames(ref reader);
        var examples = new LabelExample[reader.Length(3)];
        var start = 0;
        for (var i = 0; i < examples.Length; i++)
        {
            var example = new LabelExample(Index(ref reader, owners), Index(ref reader, labels), start, checked((int)reader.Varint()));
            examples[i] = example;
            start = checked(start + example.Count);
        }

        var slices = reader.Array<ulong>();
        if (slices.Length != start)
            throw new StateFormatException($"{slices.Length} slices for examples with {start}");
        var residuals = new OwnerResidual[reader.Length(17)];
        for (var i = 0; i < residuals.Length; i++)
            residuals[i] = new OwnerResidual(Index(ref reader, owners), reader.Double(), reader.Double());
        return new LabelContribution(shard, first, owners, labels, examples, slices, residuals);
    }

    private static void WriteNames(StateWriter writer, string[] names)
    {
        writer.Varint((ulong)names.Length);
        foreach (var name in names)
            writer.String(name);
    }

    private static string[] ReadNames(ref StateReader reader)
    {
        var names = new string[reader.Length(1)];
        for (var i = 0; i < names.Length; i++)
            names[i] = reader.String();
        return names;
    }

    private static int Index(ref StateReader reader, string[] names)
    {
        var index = reader.Varint();
        return index < (ulong)names.Length ? (int)index : throw new StateFormatException($"name {index} of {names.Length}");
    }
}
