using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Detection.ContentRules;

/// <summary>SHA-256 of a text's UTF-8.</summary>
internal static class TextDigest
{
    public const int Bytes = SHA256.HashSizeInBytes;

    private const string Prefix = "sha256:";

    /// <param name="digest">32 bytes, filled.</param>
    public static void Compute(string text, Span<byte> digest)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, buffer);
        SHA256.HashData(buffer.AsSpan(0, length), digest);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Reads 64 hexadecimal digits, perhaps after <c>sha256:</c>.</summary>
    /// <param name="digest">32 bytes, filled where the result is true.</param>
    public static bool TryParse(ReadOnlySpan<char> hex, Span<byte> digest)
    {
        if (hex.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            hex = hex[Prefix.Length..];
        return hex.Length == 2 * Bytes && Convert.FromHexString(hex, digest, out _, out _) == OperationStatus.Done;
    }
}
