using Assay.Contracts.Cohorts;
using Assay.Contracts.Ports;
using Assay.Contracts.State;
using Assay.Contracts.Trust;
using Assay.Detection;
using Assay.Grains.State;
using Assay.Trust.Standings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Grains.Cohorts;

/// <inheritdoc cref="ICohortGrain"/>
/// <remarks>
/// What was contributed since the last view is not durable: no shard was told that it is learned, and contributes it again. The breaker has a state of
/// its own, which is small and must survive what it allows.
/// </remarks>
[GrainType("cohort")]
public sealed class CohortGrain(
    [PersistentState("cohort", CohortGrain.Storage)] IPersistentState<DurableBytes> durable,
    [PersistentState("breaker", CohortGrain.Storage)] IPersistentState<DurableBytes> durableBreaker,
    DetectorSet detectors,
    IOptions<StandingOptions> standing,
    IOptions<CohortOptions> options,
    ICohortViewPublisher publisher,
    TimeProvider time,
    ILogger<CohortGrain> logger) : Grain, ICohortGrain
{
    /// <summary>Name of the grain storage provider.</summary>
    public const string Storage = "cohorts";

    // Longer than a broker needs to change leaders, well below the time after which a caller gives up.
    private static readonly TimeSpan PublishTime = TimeSpan.FromSeconds(30);
    private static readonly StateFrame BreakerFrame = new("ABRK");

    private readonly CohortOptions _options = options.Value;
    private CohortState _state = null!;
    private QuarantineBreaker _breaker = null!;
    private CohortView? _waiting;
    private long? _published;

    private string Dataset => this.GetPrimaryKeyString();

    private KeyValuePair<string, IStateSection>[] BreakerSections => [new("breaker", _breaker)];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Restore();
        RestoreBreaker();
        return Task.CompletedTask;
    }

    public async ValueTask Contribute(CohortContribution contribution)
    {
        if (contribution.Dataset != Dataset)
            throw new ArgumentException($"A contribution to '{contribution.Dataset}' came to '{Dataset}'.", nameof(contribution));
        _state.Apply(contribution);
        if (Due())
            await Publish();
    }

    public async ValueTask<CohortView?> Publish()
    {
        var earlier = await HandOut();
        if (_state.Next(_breaker.Open) is not { } view)
            return earlier;
        await Write(durable, _state.Save(), Restore);
        _waiting = view;
        _published = time.GetTimestamp();
        return await HandOut();
    }

    public async ValueTask<bool> Note(StandingKey key, double mass, long records)
    {
        var before = _breaker.IsSuspect(key);
        _breaker.Note(key, mass, records, _state.Records);
        var suspect = _breaker.IsSuspect(key);

        // How much each suspect wrote is noted again with its next report; who they are must not get lost while some of them keep silent.
        if (suspect != before)
            await WriteBreaker();
        return suspect && _breaker.Open;
    }

    public async ValueTask<BreakerAnswer> Allow(StandingKey key, long records)
    {
        var open = _breaker.Open;
        var allowed = _breaker.Allow(key, records, _state.Identities, _state.Records);
        await WriteBreaker();
        if (allowed)
            return new BreakerAnswer(true, []);
        StandingKey[] suspects = [.. _breaker.Suspects];
        if (!open)
        {
            logger.Contested(Dataset, suspects.Length, _state.Identities);
            if (!_options.OnDemand)
                this.RegisterGrainTimer(async () => { await Publish(); }, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }

        return new BreakerAnswer(false, suspects);
    }

    private bool Due() => !_options.OnDemand
        && (_waiting is not null
            || _breaker.Open != (_state.Latest?.Contested ?? false)
            || (_state.SinceView >= _options.PublishEvery && (_published is not { } last || time.GetElapsedTime(last) >= _options.MinInterval)));

    /// <summary>Publishes the durable view that Kafka may not have; null where there is none, or Kafka does not take it.</summary>
    private async Task<CohortView?> HandOut()
    {
        if (_waiting is not { } view)
            return null;
        using var patience = new CancellationTokenSource(PublishTime, time);
        var taken = await publisher.Publish(view, patience.Token);
        _waiting = null;
        return taken ? view : null;
    }

    private Task WriteBreaker() => Write(durableBreaker, BreakerFrame.Write(Dataset, BreakerSections), RestoreBreaker);

    private async Task Write(IPersistentState<DurableBytes> store, byte[] data, Action restore)
    {
        var before = store.State.Data;
        store.State.Data = data;
        try
        {
            await store.WriteStateAsync();
        }
        catch
        {
            // Whether the write arrived is unknown: the next activation reads what storage holds.
            store.State.Data = before;
            restore();
            DeactivateOnIdle();
            throw;
        }
    }

    private void Restore()
    {
        _state = new CohortState(Dataset, detectors, _options.Frozen);
        if (durable.State.Data.Length > 0)
            _state.Load(durable.State.Data);
        _waiting = _state.Latest;
    }

    private void RestoreBreaker()
    {
        _breaker = new QuarantineBreaker(standing.Value);
        if (durableBreaker.State.Data.Length > 0)
            BreakerFrame.Read(durableBreaker.State.Data, Dataset, BreakerSections);
    }
}
