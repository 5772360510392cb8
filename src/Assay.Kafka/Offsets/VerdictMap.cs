using Assay.Contracts.Verdicts;

namespace Assay.Kafka.Offsets;

/// <summary>
/// The verdicts that stand in a partition of the verdict topic, two bits an offset: none, admit, hold, reject. Pages of 16,384 offsets (4 KiB) exist
/// only where there is a verdict. The first verdict of an offset stays. Pure; one thread at a time.
/// </summary>
internal sealed class VerdictMap
{
    private const int PageBits = 14;
    private const int PageWords = (1 << PageBits) / 32;
    private readonly Dictionary<long, ulong[]> _pages = [];
    private long _floor;
    private long _lastPageNumber = -1;
    private ulong[]? _lastPage;

    /// <summary>Bytes held by pages.</summary>
    public long Bytes => (long)_pages.Count * PageWords * sizeof(ulong);

    /// <summary>Above every offset that was ever noted; 0 before the first.</summary>
    public long End { get; private set; }

    /// <summary>The verdict that stands, <see cref="VerdictKind.None"/> where there is none.</summary>
    public VerdictKind this[long offset]
    {
        get
        {
            var page = Page(offset >> PageBits);
            return page is null ? VerdictKind.None : (VerdictKind)((page[Word(offset)] >> Shift(offset)) & 3);
        }
    }

    /// <summary>Notes a verdict unless the offset has one, or lies below what was dropped.</summary>
    /// <param name="kind">Admit, hold or reject: a dead letter has no verdict.</param>
    /// <returns>True when it is the offset's first.</returns>
    public bool TryAdd(long offset, VerdictKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (kind is not (VerdictKind.Admit or VerdictKind.Hold or VerdictKind.Reject))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only admit, hold and reject are kept.");
        if (offset < _floor || this[offset] != VerdictKind.None)
            return false;
        var page = Page(offset >> PageBits) ?? Create(offset >> PageBits);
        page[Word(offset)] |= (ulong)kind << Shift(offset);
        End = Math.Max(End, offset + 1);
        return true;
    }

    /// <summary>Frees pages of offsets that will not be read again.</summary>
    public void DropBelow(long offset)
    {
        if (offset >> PageBits <= _floor >> PageBits)
        {
            _floor = Math.Max(_floor, offset);
            return;
        }

        _floor = offset;
        foreach (var number in _pages.Keys)
        {
            if (number < offset >> PageBits)
                _pages.Remove(number);
        }

        _lastPageNumber = -1;
        _lastPage = null;
    }

    private static int Word(long offset) => (int)(offset & ((1 << PageBits) - 1)) >> 5;

    private static int Shift(long offset) => (int)(offset & 31) << 1;

    private ulong[]? Page(long number)
    {
        if (number == _lastPageNumber)
            return _lastPage;
        if (_pages.TryGetValue(number, out var page))
            (_lastPageNumber, _lastPage) = (number, page);
        return page;
    }

    private ulong[] Create(long number)
    {
        var page = new ulong[PageWords];
        _pages.Add(number, page);
        (_lastPageNumber, _lastPage) = (number, page);
        return page;
    }
}
