using System.Buffers.Binary;

namespace Assay.Detection.ContentRules;

/// <summary>A fixed set of SHA-256 digests.</summary>
internal sealed class KnownDigests
{
    private readonly HashSet<(UInt128, UInt128)> _digests = [];

    /// <exception cref="ArgumentException">An entry is no SHA-256 in hexadecimal digits.</exception>
    public KnownDigests(IEnumerable<string> hex)
    {
        Span<byte> digest = stackalloc byte[TextDigest.Bytes];
        foreach (var entry in hex)
        {
            if (!TextDigest.TryParse(entry, digest))
                throw new ArgumentException($"KnownBadSha256: '{entry}' is not 64 hexadecimal digits.", nameof(hex));
            _digests.Add(Key(digest));
        }
    }

    public int Count => _digests.Count;

    public bool Contains(ReadOnlySpan<byte> digest) => _digests.Contains(Key(digest));

    private static (UInt128, UInt128) Key(ReadOnlySpan<byte> digest) =>
        (BinaryPrimitives.ReadUInt128BigEndian(digest), BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));
}
