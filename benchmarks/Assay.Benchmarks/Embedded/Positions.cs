namespace Assay.Benchmarks.Embedded;

/// <summary>Which offsets of each partition an answer has come for. One thread, but for <see cref="Distinct"/>.</summary>
internal sealed class Positions(int partitions)
{
    private readonly HashSet<long>[] _ahead = [.. Enumerable.Range(0, partitions).Select(_ => new HashSet<long>())];
    private readonly long[] _next = new long[partitions];
    private long _distinct;

    /// <summary>Offsets that have an answer.</summary>
    public long Distinct => Interlocked.Read(ref _distinct);

    /// <summary>Answers beyond an offset's first.</summary>
    public long Repeated { get; private set; }

    /// <summary>Every offset below has an answer.</summary>
    public long Next(int partition) => _next[partition];

    public void Add(int partition, long offset)
    {
        if (offset < _next[partition] || !_ahead[partition].Add(offset))
        {
            Repeated++;
            return;
        }

        while (_ahead[partition].Remove(_next[partition]))
            _next[partition]++;
        Interlocked.Increment(ref _distinct);
    }
}
