namespace Assay.Mapping.Files;

/// <summary>Recognises, by their first bytes, files that hold no lines of text.</summary>
internal static class FileSignature
{
    private static readonly (byte[] Magic, string What)[] Known =
    [
        ([0xFF, 0xFE, 0, 0], "UTF-32 text; convert it with: iconv -f UTF-32 -t UTF-8"),
        ([0xFF, 0xFE], "UTF-16 text; convert it with: iconv -f UTF-16 -t UTF-8"),
        ([0xFE, 0xFF], "UTF-16 text; convert it with: iconv -f UTF-16 -t UTF-8"),
        ([.. "PK\u0003\u0004"u8], "a zip archive (zip, npz or xlsx); unpack it, or export it to CSV or JSON lines"),
        ([0x93, .. "NUMPY"u8], "a NumPy array; export it to CSV"),
        ([.. "PAR1"u8], "a Parquet file; export it to CSV or JSON lines"),
        ([.. "Obj\u0001"u8], "an Avro file; export it to JSON lines"),
        ([.. "ARROW1"u8], "an Arrow file; export it to CSV or JSON lines"),
        ([.. "ORC"u8], "an ORC file; export it to CSV or JSON lines"),
        ([0x89, .. "HDF"u8], "an HDF5 file; export it to CSV"),
        ([0xFD, .. "7zXZ"u8], "xz-compressed; unpack it with: xz -d"),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd-compressed; unpack it with: zstd -d"),
        ([.. "BZh"u8], "bzip2-compressed; unpack it with: bzip2 -d"),
        ([.. "7z"u8, 0xBC, 0xAF], "a 7-Zip archive; unpack it"),
        ([.. "SQLite format 3"u8], "an SQLite database; export a table to CSV"),
        ([.. "%PDF-"u8], "a PDF document"),
        ([0x89, .. "PNG"u8], "a PNG image"),
        ([0x7F, .. "ELF"u8], "a program"),
    ];

    /// <summary>Gzip's magic number (RFC 1952).</summary>
    public static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <summary>What the file is instead of text, with what to do about it; null where nothing speaks against text.</summary>
    public static string? NotText(ReadOnlySpan<byte> head)
    {
        foreach (var (magic, what) in Known)
        {
            if (head.StartsWith(magic))
                return what;
        }

        if (head is [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..])
            return "probably UTF-16 text without a byte order mark; convert it with: iconv -f UTF-16LE -t UTF-8";
        return null;
    }
}
