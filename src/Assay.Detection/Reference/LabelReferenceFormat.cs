using System.Collections.Frozen;
using Assay.Contracts.State;

namespace Assay.Detection.Reference;

/// <summary>A reference on its way from its cohort to the shards: weights that are 0 are left out.</summary>
internal static class LabelReferenceFormat
{
    private const byte Format = 1;

    public static byte[] Write(LabelReference reference)
    {
        var writer = new StateWriter();
        writer.Byte(Format);
        writer.Int64(reference.Version);
        writer.NullableString(reference.Positive);
        writer.Bool(reference.Shift is not null);
        if (reference.Shift is { } shift)
            writer.Double(shift);
        writer.Varint((ulong)reference.Weights.Length);
        for (var fold = 0; fold < reference.Weights.Length; fold++)
        {
            writer.Single(reference.Intercepts[fold]);
            writer.Int64(reference.FoldRecords[fold]);
            WriteWeights(writer, reference.Weights[fold]);
        }

        writer.Varint((ulong)reference.Folds.Count);
        foreach (var (owner, fold) in reference.Folds.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            writer.String(owner);
            writer.Varint((ulong)fold);
        }

        writer.Varint((ulong)reference.Applied.Count);
        foreach (var (shard, next) in reference.Applied.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            writer.String(shard);
            writer.Int64(next);
        }

        return writer.Written.ToArray();
    }

    public static LabelReference Read(ReadOnlySpan<byte> data)
    {
        var reader = new StateReader(data);
        var format = reader.Byte();
        if (format != Format)
            throw new StateFormatException($"label reference of format {format}; this program reads format {Format}");
        var version = reader.Int64();
        var positive = reader.NullableString();
        double? shift = reader.Bool() ? reader.Double() : null;
        var folds = reader.Length(6);
        var (weights, intercepts, records) = (new float[folds][], new float[folds], new long[folds]);
        for (var fold = 0; fold < folds; fold++)
        {
            intercepts[fold] = reader.Single();
            records[fold] = reader.Int64();
            weights[fold] = ReadWeights(ref reader);
        }

        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var n = reader.Length(2); n > 0; n--)
        {
            var owner = reader.String();
            var fold = reader.Varint();
            owners[owner] = fold < (ulong)folds ? (int)fold : throw new StateFormatException($"owner '{owner}' in fold {fold} of {folds}");
        }

        var applied = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var n = reader.Length(2); n > 0; n--)
            applied[reader.String()] = reader.Int64();
        return new LabelReference(
            version, positive, weights, intercepts, records, shift,
            owners.ToFrozenDictionary(StringComparer.Ordinal), applied.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static void WriteWeights(StateWriter writer, float[] weights)
    {
        writer.Varint((ulong)int.Log2(weights.Length));
        writer.Varint((ulong)weights.Count(w => w != 0));
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            writer.Varint((ulong)i);
            writer.Single(weights[i]);
        }
    }

    private static float[] ReadWeights(ref StateReader reader)
    {
        const int MaxBits = 20;
        var bits = reader.Varint();
        if (bits > MaxBits)
            throw new StateFormatException($"a model of 2^{bits} weights");
        var weights = new float[1 << (int)bits];
        for (var n = reader.Length(5); n > 0; n--)
        {
            var i = reader.Varint();
            if (i >= (ulong)weights.Length)
                throw new StateFormatException($"weight {i} of a model with {weights.Length}");
            weights[i] = reader.Single();
        }

        return weights;
    }
}
