namespace Assay.Kafka.Offsets;

/// <summary>
/// From where a new owner must read the verdict partition, so that it sees every verdict at or above an offset of the input. Kept by pages of 16,384 input
/// offsets: a verdict of a page that is produced now will stand above everything acknowledged so far. Pure; one thread at a time.
/// </summary>
internal sealed class VerdictPositions
{
    private const int PageBits = 14;
    private readonly SortedDictionary<long, long> _pages = [];
    private long _end;
    private long _lastPage = -1;
    private long _last = -1;

    /// <param name="end">Next position of the verdict partition that is free.</param>
    public VerdictPositions(long end = 0) => _end = end;

    /// <summary>Something of the verdict partition is known to stand below this position.</summary>
    public void Stands(long below) => _end = Math.Max(_end, below);

    /// <summary>The verdict of an input offset was found at a position.</summary>
    public void Found(long offset, long position)
    {
        _last = Math.Max(_last, offset);
        var page = offset >> PageBits;
        if (!_pages.TryGetValue(page, out var first) || position < first)
            _pages[page] = position;
    }

    /// <summary>The verdict of an input offset is produced now.</summary>
    public void Produced(long offset)
    {
        _last = Math.Max(_last, offset);
        var page = offset >> PageBits;
        if (page == _lastPage)
            return;
        _lastPage = page;
        _pages.TryAdd(page, _end);
    }

    /// <summary>Forgets what lies below an offset that will not fall again.</summary>
    /// <returns>A position at or below every verdict at or above the offset.</returns>
    public long DropBelow(long offset)
    {
        if (offset > _last)
        {
            _pages.Clear();
            _lastPage = -1;
        }

        while (_pages.Count > 0 && _pages.First().Key is var page && page < offset >> PageBits)
            _pages.Remove(page);
        var position = _end;
        foreach (var first in _pages.Values)
            position = Math.Min(position, first);
        return position;
    }
}
