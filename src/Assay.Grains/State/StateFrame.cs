using System.Text;
using Assay.Contracts.State;

namespace Assay.Grains.State;

/// <summary>
/// The durable bytes of an identity or a cohort: magic, format version, the grain's key, then the <see cref="StateSections"/>.
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
        StateSections.Write(frame, payload, sections);
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
        StateSections.Read(ref reader, reader.Length(3), key, sections);
    }
}
