namespace Assay.Mapping.Files;

/// <summary>
/// A window on a stream that begins at a line and can see several lines ahead. Grows to what the caller looks at, a little over the
/// longest record;
/// positions are counted from the window's first byte.
/// </summary>
internal sealed class LineWindow(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>1-based number of the line at which the window begins.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Why reading stopped before the end of the input; null while it did not. Lines before it are still given.</summary>
    public Exception? Damage { get; private set; }

    public ReadOnlySpan<byte> Bytes(int from, int to) => _buffer.AsSpan(_start + from, to - from);

    /// <summary>Finds the line that begins at <paramref name="from"/>.</summary>
    /// <param name="limit">Position at which looking ends.</param>
    public LineBounds Find(int from, int limit)
    {
        var seen = from;
        while (true)
        {
            var found = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOfAny((byte)'\r', (byte)'\n');
            if (found >= 0)
                return Ended(seen + found);
            seen = _end - _start;
            if (seen > limit)
                return new LineBounds(seen, seen, LineEnding.BeyondLimit);
            if (!Fill())
                return new LineBounds(seen, seen, Damage is null ? LineEnding.EndOfInput : LineEnding.Damage);
        }
    }

    /// <summary>Moves the window's beginning behind lines that are done with.</summary>
    public void Advance(int bytes, int lines)
    {
        _start += bytes;
        Line += lines;
    }

    /// <summary>Moves the window behind the rest of its first line, however long, keeping none of it.</summary>
    /// <returns>The line's length in bytes without its end.</returns>
    public long SkipLine()
    {
        long length = 0;
        while (true)
        {
            var line = Find(0, 0);
            length += line.Content;
            Advance(line.Next, line.Ending == LineEnding.BeyondLimit ? 0 : 1);
            if (line.Ending != LineEnding.BeyondLimit)
                return length;
        }
    }

    public void Dispose() => stream.Dispose();

    private LineBounds Ended(int at)
    {
        if (_buffer[_start + at] == '\n')
            return new LineBounds(at, at + 1, LineEnding.LineBreak);
        var next = at + 1;
        if ((_start + next < _end || Fill()) && _buffer[_start + next] == '\n')
            next++;
        return new LineBounds(at, next, LineEnding.LineBreak);
    }

    private bool Fill()
    {
        if (_ended)
            return false;
        if (_end == _buffer.Length)
            MakeRoom();
        try
        {
            var length = stream.Read(_buffer.AsSpan(_end));
            _end += length;
            _ended = length == 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Damage = e;
            _ended = true;
        }

        return !_ended;
    }

    private void MakeRoom()
    {
        var target = _start >= _buffer.Length / 2 ? _buffer : new byte[_buffer.Length * 2];
        Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
        _buffer = target;
        _end -= _start;
        _start = 0;
    }
}

/// <summary>Where a line lies in a <see cref="LineWindow"/>.</summary>
/// <param name="Content">Position after the line's last byte, its end left out.</param>
/// <param name="Next">Position of the next line.</param>
internal readonly record struct LineBounds(int Content, int Next, LineEnding Ending);

internal enum LineEnding
{
    LineBreak,
    EndOfInput,

    /// <summary>The line goes on beyond the position at which looking was to end.</summary>
    BeyondLimit,

    /// <summary>The input could not be read any further: the line may be cut off.</summary>
    Damage,
}
