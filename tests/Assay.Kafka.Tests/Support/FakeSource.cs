using Assay.Contracts.Evidence;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;

namespace Assay.Kafka.Tests.Support;

/// <summary>
/// A source whose state is the list of offsets that it has seen, with a durable copy. Follows the contract of <see cref="ISourceGrain"/>, and can die, fail
/// and forget.
/// </summary>
internal sealed class FakeSource(SourceId id, FakeShards shards) : ISourceGrain
{
    private readonly Lock _lock = new();
    private readonly List<long> _seen = [];
    private int _durable;

    /// <summary>Every offset in the state, in the order of learning.</summary>
    public long[] Seen
    {
        get
        {
            lock (_lock)
                return [.. _seen];
        }
    }

    public long DurableLast
    {
        get
        {
            lock (_lock)
                return _durable == 0 ? -1 : _seen[_durable - 1];
        }
    }

    public int Releases { get; private set; }

    private long Last => _seen.Count == 0 ? -1 : _seen[^1];

    /// <summary>The grain's silo dies: it comes back at its checkpoint.</summary>
    public void Die()
    {
        lock (_lock)
            _seen.RemoveRange(_durable, _seen.Count - _durable);
    }

    public async ValueTask<BatchResult> Apply(SourceBatch batch)
    {
        await shards.BeforeApply(id, batch);
        lock (_lock)
        {
            if (batch.PreviousOffset == SourceBatch.FirstContact)
                Die();
            else if (batch.PreviousOffset > Last && shards.CheckChain)
                return new BatchResult { Status = BatchStatus.Gap, LastOffset = Last };
            var verdicts = new List<Verdict>(batch.Records.Length);
            for (var i = 0; i < batch.Records.Length; i++)
            {
                var record = batch.Records[i];
                if (record.Offset <= Last)
                    continue;
                var settled = batch.Settled?[i] ?? VerdictKind.None;
                verdicts.Add(shards.Judge(id, record, settled));
                _seen.Add(record.Offset);
            }

            return new BatchResult { Status = BatchStatus.Applied, LastOffset = Last, Verdicts = [.. verdicts] };
        }
    }

    public async ValueTask<CheckpointResult> Checkpoint(long acknowledged)
    {
        await shards.BeforeCheckpoint(id);
        lock (_lock)
        {
            if (Last != acknowledged)
                return new CheckpointResult(Last, 8 * _durable);
            _durable = _seen.Count;
            return new CheckpointResult(Last, 8 * _durable);
        }
    }

    public ValueTask Release()
    {
        Releases++;
        return default;
    }

    public ValueTask<ShardNews> News() => new(ShardNews.None);

    public ValueTask<byte[]> Snapshot() => new([]);
}
