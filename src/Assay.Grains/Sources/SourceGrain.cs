using Assay.Contracts.Evidence;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Grains.Cohorts;
using Assay.Grains.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Assay.Grains.Sources;

/// <inheritdoc cref="ISourceGrain"/>
[GrainType("source"), PreferLocalPlacement]
public sealed class SourceGrain(
    [PersistentState("source", SourceGrain.Storage)] IPersistentState<DurableBytes> durable,
    SourceScorerFactory scorers,
    ITrustFeed feed,
    IOptions<CohortOptions> cohorts,
    ILogger<SourceGrain> logger) : Grain, ISourceGrain
{
    /// <summary>Name of the grain storage provider.</summary>
    public const string Storage = "sources";

    private SourceId _id;
    private SourceScorer _scorer = null!;
    private long _durableOffset = -1;

    // What storage held when the scorer was last the same: a read that failed half-way may have changed the state's own.
    private string? _durableVersion;

    // Nobody has called since storage was read.
    private bool _fresh = true;

    private bool Dirty => _scorer.LastOffset != _durableOffset;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = SourceId.Parse(this.GetPrimaryKeyString());
        Restore();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Nothing is written here: what is applied but not checkpointed may not be acknowledged, and must be judged again.
        if (Dirty)
            logger.DeactivatedDirty(_id, _scorer.LastOffset, _durableOffset, reason.Description);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public ValueTask<BatchResult> Apply(SourceBatch batch)
    {
        if (batch.PreviousOffset == SourceBatch.FirstContact)
            return Meet(batch);
        _fresh = false;
        if (batch.PreviousOffset <= _scorer.LastOffset)
            return ValueTask.FromResult(Applied(batch));
        logger.Gap(_id, batch.PreviousOffset, _scorer.LastOffset);
        return ValueTask.FromResult(new BatchResult { Status = BatchStatus.Gap, LastOffset = _scorer.LastOffset });
    }

    public async ValueTask<CheckpointResult> Checkpoint(long acknowledged)
    {
        _fresh = false;
        if (_scorer.LastOffset != acknowledged)
            return new CheckpointResult(_scorer.LastOffset, durable.State.Data.Length);
        if (Dirty || !durable.RecordExists)
        {
            await Write(_scorer.Save());
            (_durableOffset, _durableVersion) = (_scorer.LastOffset, durable.Etag);
            if (!feed.Asked)
                feed.Post(_scorer.News(contribute: true));
        }

        return new CheckpointResult(_durableOffset, durable.State.Data.Length);
    }

    public ValueTask Release()
    {
        DeactivateOnIdle();
        return default;
    }

    public ValueTask<ShardNews> News()
    {
        _fresh = false;
        return ValueTask.FromResult(_scorer.News(contribute: true));
    }

    public ValueTask<byte[]> Snapshot()
    {
        _fresh = false;
        return ValueTask.FromResult(_scorer.Save());
    }

    /// <summary>
    /// An owner that knows nothing of the grain begins where durable state ends. That is storage's word: while two silos took each other for dead, another
    /// activation may have written beyond what this one knows, and going on from here would leave a hole.
    /// </summary>
    private async ValueTask<BatchResult> Meet(SourceBatch batch)
    {
        if (!_fresh)
            await durable.ReadStateAsync();
        _fresh = false;
        if (Dirty || durable.Etag != _durableVersion)
            Restore();
        return Applied(batch);
    }

    private BatchResult Applied(SourceBatch batch)
    {
        var verdicts = Score(batch);
        if (!feed.Asked && (_scorer.Urgent || _scorer.SinceContribution >= cohorts.Value.ContributeEvery))
            feed.Post(_scorer.News(contribute: _scorer.SinceContribution >= cohorts.Value.ContributeEvery));
        return new BatchResult { Status = BatchStatus.Applied, Verdicts = verdicts, LastOffset = _scorer.LastOffset };
    }

    private Verdict[] Score(SourceBatch batch)
    {
        var records = batch.Records;
        var skip = 0;
        while (skip < records.Length && records[skip].Offset <= _scorer.LastOffset)
            skip++;
        var verdicts = new Verdict[records.Length - skip];
        _scorer.Refresh();
        for (var i = 0; i < verdicts.Length; i++)
            verdicts[i] = _scorer.Apply(records[skip + i], batch.Settled?[skip + i] ?? VerdictKind.None);
        return verdicts;
    }

    private async Task Write(byte[] data)
    {
        var before = durable.State.Data;
        durable.State.Data = data;
        try
        {
            await durable.WriteStateAsync();
        }
        catch
        {
            // Whether the write arrived is unknown: the next activation reads what storage holds, and the owner replays from there. A call
            // that still reaches this one must not take what was not written for durable.
            durable.State.Data = before;
            DeactivateOnIdle();
            throw;
        }
    }

    private void Restore()
    {
        _scorer = scorers.Create(_id);
        if (durable.State.Data.Length > 0)
            _scorer.Load(durable.State.Data);
        (_durableOffset, _durableVersion) = (_scorer.LastOffset, durable.Etag);
    }
}
