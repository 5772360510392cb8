using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Assay.Detection.Statistics;

/// <summary>Keeps a string of any length as a key of at most <see cref="MaxLength"/> characters: longer ones by a prefix, … and a hash of the whole.</summary>
public static class BoundedKey
{
    public const int MaxLength = 96;

    private const int Prefix = MaxLength - 17;

    /// <param name="buffer">At least <see cref="MaxLength"/> characters; holds the key of a long string.</param>
    /// <returns>The string itself, or its key in <paramref name="buffer"/>.</returns>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> value, Span<char> buffer)
    {
        if (value.Length <= MaxLength)
            return value;
        var kept = char.IsHighSurrogate(value[Prefix - 1]) ? Prefix - 1 : Prefix;
        value[..kept].CopyTo(buffer);
        buffer[kept] = '…';
        Hash(value).TryFormat(buffer[(kept + 1)..], out var digits, "x16");
        return buffer[..(kept + 1 + digits)];
    }

    /// <summary>XxHash3 of the UTF-16 characters: the 64-bit key by which sets and tables know a string.</summary>
    public static ulong Hash(ReadOnlySpan<char> value) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(value));
}
