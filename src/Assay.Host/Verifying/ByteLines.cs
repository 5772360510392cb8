namespace Assay.Host.Verifying;

/// <summary>Lines of a stream as they are, byte for byte; a line feed alone ends a line.</summary>
internal static class ByteLines
{
    /// <summary>The largest line that is read; no decision or recall comes near.</summary>
    public const int MaxBytes = 64 * 1_024 * 1_024;

    /// <summary>Each line without its line feed; valid until the next. Null for one longer than <see cref="MaxBytes"/>.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>?> Read(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var (start, end, tooLong) = (0, 0, false);
        while (true)
        {
            var found = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (found >= 0)
            {
                yield return tooLong ? null : buffer.AsMemory(start, found);
                (start, tooLong) = (start + found + 1, false);
                continue;
            }

            if (end - start > MaxBytes)
                (start, end, tooLong) = (0, 0, true);
            Array.Copy(buffer, start, buffer, 0, end - start);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                break;
            end += read;
        }

        if (end > 0 || tooLong)
            yield return tooLong ? null : buffer.AsMemory(0, end);
    }
}
