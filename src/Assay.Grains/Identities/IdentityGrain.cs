using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Assay.Grains.State;
using Assay.Trust.Standings;
using Microsoft.Extensions.Logging;

namespace Assay.Grains.Identities;

/// <inheritdoc cref="IIdentityGrain"/>
[GrainType("identity")]
public sealed class IdentityGrain(
    [PersistentState("identity", IdentityGrain.Storage)] IPersistentState<DurableBytes> durable,
    StandingMachine machine,
    StandingTable published,
    ITrustPublisher publisher,
    TimeProvider time,
    ILogger<IdentityGrain> logger) : Grain, IIdentityGrain
{
    /// <summary>Name of the grain storage provider.</summary>
    public const string Storage = "identities";

    // Longer than a broker needs to change leaders, well below the time after which a caller gives up.
    private static readonly TimeSpan PublishTime = TimeSpan.FromSeconds(30);

    private IdentityState _state = null!;
    private bool _dirty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Restore();
        return Task.CompletedTask;
    }

    public ValueTask<StandingOutcome> Report(ShardReport[] reports) => Change(async () =>
    {
        await Take(reports);
        return machine.AsksForQuarantine(_state.Standing) ? await Accuse() : [];
    });

    public ValueTask<StandingOutcome> Note(ShardReport[] reports) => Change(async () =>
    {
        await Take(reports);
        return [];
    });

    public ValueTask<StandingOutcome> Contest() => Change(() =>
    {
        Decided(machine.Contest(_state.Standing));
        return Task.FromResult<StandingKey[]>([]);
    });

    public ValueTask<Decision?> Latest() => ValueTask.FromResult(Lost() ?? _state.Outbox.Latest);

    /// <summary>Publishes what an earlier call left, makes the change durable, and then publishes what came of it.</summary>
    private async ValueTask<StandingOutcome> Change(Func<Task<StandingKey[]>> change)
    {
        var messages = new List<TrustMessage>();
        Adopt();
        await Publish(messages);
        StandingKey[] contested;
        try
        {
            contested = await change();
            if (!_state.Standing.IsQuarantined)
                _state.Recalled.End();
        }
        catch
        {
            Restore();
            throw;
        }

        if (_dirty)
            await Write();
        await Publish(messages);
        return messages.Count == 0 && contested.Length == 0 ? StandingOutcome.Unchanged : new StandingOutcome
        {
            Decisions = [.. messages.OfType<TrustMessage.OfDecision>().Select(m => m.Decision)],
            Recalls = [.. messages.OfType<TrustMessage.OfRecall>().Select(m => m.Recall)],
            Contested = contested,
        };
    }

    private async Task Take(ShardReport[] reports)
    {
        if (reports.FirstOrDefault(r => r.Key != _state.Key) is { } stray)
            throw new ArgumentException($"A report about '{stray.Key}' came to '{_state.Key}'.", nameof(reports));
        var standing = _state.Standing;
        ShardReport[] news = [.. reports.Where(standing.Evidence.IsNew)];
        if (news.Length == 0)
            return;
        _dirty = true;
        Recalled(_state.Recalled.Follow(news));
        Decided(machine.Report(standing, news));
        Decided(machine.Revise(standing, _state.Outbox.Latest));
        foreach (var report in news)
        {
            // A sign from before a quarantine or a release is settled by it.
            if (report.Rule is { } rule && report.SeenEpoch >= standing.Evidence.ResetEpoch)
                Decided(machine.Certain(standing, rule, report));
        }

        if (await TellCohorts(news))
            Decided(machine.Contest(standing));
    }

    /// <returns>True where a cohort is contested and counts this identity among the suspects.</returns>
    private async Task<bool> TellCohorts(ShardReport[] news)
    {
        var standing = _state.Standing;
        var suspect = machine.IsSuspect(standing);
        var contested = false;
        foreach (var dataset in _state.Cohorts.ToTell(suspect, news.Select(r => r.Dataset)))
        {
            contested |= await Cohort(dataset).Note(_state.Key, suspect ? standing.Evidence.Mass : 0, standing.Evidence.MonitoredRecords);

            // Told on while it is quarantined: a cohort that is contested takes back what it allowed lately.
            _state.Cohorts.Told(dataset, suspect || standing.IsQuarantined);
        }

        return contested;
    }

    /// <returns>Others whose standing must be contested, too: grains of identities never call each other, the caller does.</returns>
    private async Task<StandingKey[]> Accuse()
    {
        var standing = _state.Standing;
        var evidence = standing.Evidence;
        var answer = await Cohort(evidence.Heaviest!.Dataset).Allow(_state.Key, evidence.MonitoredRecords);
        if (!answer.Allowed)
        {
            Decided(machine.Accuse(standing, allowed: false));
            return [.. answer.Suspects.Where(s => s != _state.Key)];
        }

        // Built before the decision, which may void the evidence.
        var recall = _state.Recalled.Begin(evidence, standing.Epoch + 1);
        Decided(machine.Accuse(standing, allowed: true));
        Recalled(recall);
        return [];
    }

    private ICohortGrain Cohort(string dataset) => GrainFactory.GetGrain<ICohortGrain>(dataset);

    private void Decided(Decision? decision)
    {
        if (decision is null)
            return;
        _state.Outbox.Add(decision);
        _dirty = true;
    }

    private void Recalled(Recall? recall)
    {
        if (recall is not null)
            _state.Outbox.Add(recall);
    }

    private async Task Publish(List<TrustMessage> messages)
    {
        if (_state.Outbox.Next is null)
            return;
        using var patience = new CancellationTokenSource(PublishTime, time);
        while (_state.Outbox.Next is { } message)
        {
            await message.Publish(publisher, patience.Token);
            _state.Outbox.Acknowledged();
            messages.Add(message);
        }
    }

    /// <summary>The published decision that the state has lost; null where it has lost none.</summary>
    private Decision? Lost() => published.Find(_state.Key) is { } decision && decision.Epoch > _state.Standing.Epoch ? decision : null;

    private void Adopt()
    {
        if (Lost() is not { } decision)
            return;
        logger.Adopted(_state.Key, decision.Standing, decision.Epoch, _state.Standing.Epoch);
        _state.Standing.Adopt(decision);
        _state.Recalled.End();
        _state.Outbox.Adopt(decision);
    }

    private async Task Write()
    {
        var before = durable.State.Data;
        durable.State.Data = _state.Save();
        try
        {
            await durable.WriteStateAsync();
            _dirty = false;
        }
        catch
        {
            // Whether the write arrived is unknown: the next activation reads what storage holds, and publishes what it finds there.
            durable.State.Data = before;
            Restore();
            DeactivateOnIdle();
            throw;
        }
    }

    private void Restore()
    {
        _state = new IdentityState(StandingKey.Parse(this.GetPrimaryKeyString()));
        if (durable.State.Data.Length > 0)
            _state.Load(durable.State.Data);
        _dirty = false;
    }
}
