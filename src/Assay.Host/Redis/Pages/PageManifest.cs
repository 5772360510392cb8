using System.Security.Cryptography;
using Assay.Contracts.State;

namespace Assay.Host.Redis.Pages;

/// <summary>One page of a state.</summary>
/// <param name="Field">Its name beside the grain's other pages; never used for other bytes.</param>
/// <param name="Hash">Of its bytes.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct StatePage(string Field, UInt128 Hash, int Length)
{
    /// <summary>The first half of SHA-256: writers choose what stands in a state, and nobody may make two pages look alike.</summary>
    public static UInt128 HashOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}

/// <summary>What stands in a grain's value in place of a large state: the pages that it consists of, in order. Versioned.</summary>
internal static class PageManifest
{
    private const int Version = 1;
    private const int PageBytes = 19;

    // Whatever the cutter of the program that wrote them was set to.
    private const int Largest = 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "APGS"u8;

    public static bool Is(ReadOnlySpan<byte> data) => data.StartsWith(Magic);

    public static byte[] Write(IReadOnlyList<StatePage> pages)
    {
        var writer = new StateWriter();
        foreach (var b in Magic)
            writer.Byte(b);
        writer.Varint(Version);
        writer.Varint((ulong)pages.Count);
        foreach (var page in pages)
        {
            writer.String(page.Field);
            writer.UInt64((ulong)(page.Hash >> 64));
            writer.UInt64((ulong)page.Hash);
            writer.Varint((ulong)page.Length);
        }

        return writer.Written.ToArray();
    }

    /// <exception cref="StateFormatException">Not a list of pages in a known version.</exception>
    public static List<StatePage> Read(ReadOnlySpan<byte> data)
    {
        var reader = new StateReader(data);
        foreach (var expected in Magic)
        {
            if (reader.Byte() != expected)
                throw new StateFormatException("no list of pages: it does not begin with 'APGS'");
        }

        var version = reader.Varint();
        if (version != Version)
            throw new StateFormatException($"pages of format version {version}; this program knows version {Version}");
        var pages = new List<StatePage>();
        for (var n = reader.Length(PageBytes); n > 0; n--)
        {
            var field = reader.String();
            var hash = new UInt128(reader.UInt64(), reader.UInt64());
            var length = reader.Varint();
            if (length is 0 or > Largest)
                throw new StateFormatException($"a page of {length} bytes");
            pages.Add(new StatePage(field, hash, (int)length));
        }

        return pages;
    }
}
