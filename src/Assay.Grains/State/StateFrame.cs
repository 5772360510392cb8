using System.Text;
using Assay.Contracts.State;

namespace Assay.Grains.State;

/// <summary>
/// The durable bytes of an identity or a cohort: magic, format version, the grain's key, then sections of (id, version, payload). A section that
/// this program does not know is refused rather than dropped: it would be lost at the next write.
/// </summary>
/// <param name="magic">Four ASCII letters that say whose state it is.</param>
internal sealed class StateFrame(string magic)
{
    /// <summary>Raised when the frame changes; sections have versions of their own.</summary>
    public const int Version = 1;

    public byte[] Write(string key, IReadOnlyList<KeyValuePair<string, IStateSection>> sections)
    {
        var frame = new StateWriter();
        var payload = new StateWriter();
        foreach (var b in Encoding.ASCII.GetBytes(magic))
            frame.Byte(b);
        frame.Varint(Version);
        frame.String(key);
        frame.Varint((ulong)sections.Count);
        foreach (var (name, section) in sections)
        {
            payload.Clear();
            section.Write(payload);
            frame.String(name);
            frame.Varint((ulong)section.StateVersion);
            frame.Bytes(payload.Written);
        }

        return frame.Written.ToArray();
    }

    /// <summary>Fills <paramref name="sections"/>; one that the bytes do not hold stays as it is.</summary>
    /// <exception cref="StateFormatException">Not a state of this grain in a known version.</exception>
    public void Read(ReadOnlySpan<byte> data, string key, IReadOnlyList<KeyValuePair<string, IStateSection>> sections)
    {
        var reader = new StateReader(data);
        foreach (var expected in Encoding.ASCII.GetBytes(magic))
        {
            if (reader.Remaining == 0 || reader.Byte() != expected)
                throw new StateFormatException($"the state of '{key}' does not begin with '{magic}'");
        }

        var version = reader.Varint();
        if (version != Version)
            throw new StateFormatException($"the state of '{key}' has format version {version}; this program knows version {Version}");
        if (reader.String() is var owner && owner != key)
            throw new StateFormatException($"the state belongs to '{owner}', not to '{key}'");
        for (var n = reader.Length(3); n > 0; n--)
        {
            var name = reader.String();
            var section = sections.FirstOrDefault(s => s.Key == name).Value
                ?? throw new StateFormatException($"the state of '{key}' has a section '{name}' that is not configured here; enable it, or rebuild the state");
            ReadSection(ref reader, name, section);
        }
    }

    private static void ReadSection(ref StateReader reader, string name, IStateSection section)
    {
        var version = checked((int)reader.Varint());
        var payload = new StateReader(reader.Bytes());
        try
        {
            section.Read(ref payload, version);
        }
        catch (StateFormatException e)
        {
            throw new StateFormatException($"section '{name}': {e.Message}", e);
        }

        if (payload.Remaining != 0)
            throw new StateFormatException($"section '{name}': {payload.Remaining} bytes too many");
    }
}
