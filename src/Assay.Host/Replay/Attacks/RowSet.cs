namespace Assay.Host.Replay.Attacks;

/// <summary>A set of row ordinals, one bit a row of the stream.</summary>
internal sealed class RowSet
{
    private ulong[] _bits = new ulong[16];

    public long Count { get; private set; }

    public void Add(long ordinal)
    {
        var word = (int)(ordinal >> 6);
        if (word >= _bits.Length)
            Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
        var bit = 1UL << (int)(ordinal & 63);
        Count += (_bits[word] & bit) == 0 ? 1 : 0;
        _bits[word] |= bit;
    }

    public bool Contains(long ordinal) => ordinal >> 6 < _bits.Length && (_bits[ordinal >> 6] & (1UL << (int)(ordinal & 63))) != 0;

    public IEnumerable<long> Between(long from, long to)
    {
        for (var ordinal = from; ordinal < to; ordinal++)
        {
            if (Contains(ordinal))
                yield return ordinal;
        }
    }
}
