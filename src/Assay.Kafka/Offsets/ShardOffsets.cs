using Assay.Contracts.Sources;

namespace Assay.Kafka.Offsets;

/// <summary>
/// How far one shard is: queued, sent, durable. Offsets rise, with holes where records belong to other shards. Pure; one thread at a time.
/// </summary>
internal sealed class ShardOffsets
{
    public const long None = -1;
    private long _firstQueued = None;
    private long _lastQueued = None;
    private long _firstSent = None;

    /// <summary>The last offset sent since the start or the last <see cref="Reset"/>; <see cref="SourceBatch.FirstContact"/> when nothing was.</summary>
    public long LastSent { get; private set; } = SourceBatch.FirstContact;

    /// <summary>True while something sent is not durable.</summary>
    public bool Dirty => _firstSent != None;

    /// <summary>The first offset that a new owner would still need; <see cref="None"/> when all is durable.</summary>
    public long FirstPending => Dirty ? _firstSent : _firstQueued;

    /// <exception cref="ArgumentOutOfRangeException">Not above everything queued before.</exception>
    public void Queue(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(offset, Math.Max(_lastQueued, LastSent));
        if (_firstQueued == None)
            _firstQueued = offset;
        _lastQueued = offset;
    }

    /// <param name="first">The first offset of the batch: the first that is queued.</param>
    /// <param name="last">The last offset of the batch.</param>
    /// <param name="nextQueued">The first offset that stays queued, or <see cref="None"/>.</param>
    /// <exception cref="InvalidOperationException">The batch does not begin with what is queued first.</exception>
    public void Send(long first, long last, long nextQueued)
    {
        if (first != _firstQueued || last < first || (nextQueued != None && nextQueued <= last))
            throw new InvalidOperationException($"Batch {first}–{last} of a queue that begins at {_firstQueued}.");
        if (!Dirty)
            _firstSent = first;
        LastSent = last;
        _firstQueued = nextQueued;
        if (nextQueued == None)
            _lastQueued = None;
    }

    /// <summary>Everything sent is durable.</summary>
    public void Durable() => _firstSent = None;

    /// <summary>Forgets everything: the partition is read again from its watermark.</summary>
    public void Reset()
    {
        _firstQueued = _lastQueued = _firstSent = None;
        LastSent = SourceBatch.FirstContact;
    }
}
