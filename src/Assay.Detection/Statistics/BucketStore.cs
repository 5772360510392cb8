using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>Counts in a window of neighbouring buckets that grows with use; beyond the cap the lowest buckets merge into one.</summary>
internal sealed class BucketStore
{
    private const int FirstLength = 64;

    private long[] _counts = [];
    private int _base;
    private int _lowest = int.MaxValue;
    private int _highest = int.MinValue;

    public long Total { get; private set; }

    public long MemoryBytes => 64 + 8L * _counts.Length;

    public void Add(int index, long count)
    {
        if (index < _lowest || index > _highest)
            index = Extend(index);
        _counts[index - _base] += count;
        Total += count;
    }

    public void Merge(BucketStore other)
    {
        if (other.Total == 0)
            return;
        for (var i = other._highest; i >= other._lowest; i--)
        {
            var count = other._counts[i - other._base];
            if (count > 0)
                Add(i, count);
        }
    }

    /// <param name="rank">1 to <see cref="Total"/>, ascending.</param>
    public int IndexAtRank(long rank)
    {
        var i = _lowest;
        for (; i < _highest; i++)
        {
            rank -= _counts[i - _base];
            if (rank <= 0)
                break;
        }

        return i;
    }

    public long CountFrom(int index)
    {
        var sum = 0L;
        for (var i = Math.Max(index, _lowest); i <= _highest; i++)
            sum += _counts[i - _base];
        return sum;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Total = 0;
        _lowest = int.MaxValue;
        _highest = int.MinValue;
    }

    public void Write(StateWriter writer)
    {
        var length = Total == 0 ? 0 : _highest - _lowest + 1;
        writer.Varint((ulong)length);
        if (length == 0)
            return;
        writer.Int64(_lowest);
        for (var i = _lowest; i <= _highest; i++)
            writer.Varint((ulong)_counts[i - _base]);
    }

    public void Read(ref StateReader reader)
    {
        Clear();
        var length = StateChecks.Length(ref reader, 1, QuantileSketch.MaxBuckets);
        if (length == 0)
            return;
        var lowest = StateChecks.Int32(ref reader, 0, int.MaxValue - QuantileSketch.MaxBuckets);
        Extend(lowest + length - 1);
        for (var i = 0; i < length; i++)
            Add(lowest + i, StateChecks.Count(ref reader));
        if (Total is < 1 or > 1L << 53)
            throw new StateFormatException($"sketch total {Total} out of range before byte {reader.Position}");
    }

    // Makes the bucket part of the window and returns the bucket that stands for it.
    private int Extend(int index)
    {
        if (_highest < _lowest)
        {
            if (_counts.Length == 0)
                _counts = new long[FirstLength];
            _base = Math.Max(0, index - _counts.Length / 2);
            _lowest = _highest = index;
            return index;
        }

        var highest = Math.Max(_highest, index);
        var lowest = Math.Max(Math.Min(_lowest, index), highest - QuantileSketch.MaxBuckets + 1);
        if (lowest < _base || highest >= _base + _counts.Length)
            Move(lowest, highest);
        _lowest = lowest;
        _highest = highest;
        return Math.Max(index, lowest);
    }

    private void Move(int lowest, int highest)
    {
        var length = Math.Min(QuantileSketch.MaxBuckets, Math.Max(2 * (highest - lowest + 1), FirstLength));
        var counts = length > _counts.Length ? new long[length] : new long[_counts.Length];
        var first = Math.Max(0, lowest - (counts.Length - (highest - lowest + 1)) / 2);
        for (var i = _lowest; i <= _highest; i++)
            counts[Math.Max(i, lowest) - first] += _counts[i - _base];
        _counts = counts;
        _base = first;
    }
}
