using System.IO.Hashing;
using System.Text;
using System.Text.Unicode;

namespace Assay.Mapping.Reading;

/// <summary>
/// Gives equal short UTF-8 values the same string, so that a value that repeats is not allocated again. A cache of one string a slot: a
/// value that
/// falls on another's slot replaces it, so memory is bounded whatever is written. Safe for many threads without locks, since strings are
/// immutable
/// and references are written whole.
/// </summary>
internal sealed class StringPool
{
    private const int MaxBytes = 64;
    private readonly string?[] _slots;

    /// <param name="slots">A power of two. At most <c>slots</c> strings of 64 bytes of UTF-8 are kept.</param>
    public StringPool(int slots = 1 << 15)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(slots & (slots - 1), 0, nameof(slots));
        _slots = new string?[slots];
    }

    /// <param name="utf8">Valid UTF-8.</param>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        if (utf8.Length > MaxBytes)
            return Encoding.UTF8.GetString(utf8);
        ref var slot = ref _slots[(int)XxHash3.HashToUInt64(utf8) & (_slots.Length - 1)];
        var found = Volatile.Read(ref slot);
        if (found is not null && Same(found, utf8))
            return found;
        found = Encoding.UTF8.GetString(utf8);
        Volatile.Write(ref slot, found);
        return found;
    }

    private static bool Same(string text, ReadOnlySpan<byte> utf8)
    {
        if (text.Length == utf8.Length)
            return Ascii.Equals(utf8, text);
        if (text.Length > utf8.Length)
            return false;
        Span<char> chars = stackalloc char[MaxBytes];
        Utf8.ToUtf16(utf8, chars, out _, out var written);
        return text.AsSpan().SequenceEqual(chars[..written]);
    }
}
