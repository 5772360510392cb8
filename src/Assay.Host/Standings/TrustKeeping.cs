using Assay.Contracts.Ports;
using Assay.Contracts.Signing;
using Assay.Contracts.Trust;
using Assay.Grains.Identities;
using Microsoft.Extensions.Options;

namespace Assay.Host.Standings;

/// <summary>
/// This silo's part in keeping the trust topic: tells the cluster's keepers how far it has read, and which decisions stand behind newer ones; follows
/// decisions until they are in effect.
/// </summary>
internal sealed class TrustKeeping(
    TrustReader reader, OlderDecisions older, StandingTable standings, EffectWatch effects, IGrainFactory grains, IOptions<SigningOptions> signing,
    IFlowObserver observer, TimeProvider time) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const string Area = "heartbeats";
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private bool _failing;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(TrustKeeping), ServiceLifecycleStage.Active, Start, Stop);

    public Task Start(CancellationToken cancellation)
    {
        _running = Task.Run(() => Task.WhenAll(effects.Run(_stop.Token), Run()), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task Stop(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellation);
    }

    public void Dispose() => _stop.Dispose();

    private async Task Run()
    {
        // Twice an interval, so that a beat lost with a silo does not make the whole partition look stale.
        using var timer = new PeriodicTimer(signing.Value.HeartbeatInterval / 2, time);
        try
        {
            do
                await Tell();
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task Tell()
    {
        try
        {
            foreach (var (partition, next, heartbeat) in reader.Positions)
                await Keeper(partition).Beat(next, heartbeat).AsTask().WaitAsync(_stop.Token);
            foreach (var entry in older.Read())
            {
                if (standings.Find(entry.Key) is { } newest)
                    await Keeper(entry.Partition).Regressed(newest, entry.Offset).AsTask().WaitAsync(_stop.Token);
            }

            if (_failing)
                observer.Recovered(Area);
            _failing = false;
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            if (!_failing)
                observer.Fault(Area, $"The keepers of the trust topic cannot be reached, readers may find it stale: {e.Message}");
            _failing = true;
        }
    }

    private ITrustKeeperGrain Keeper(int partition) => grains.GetGrain<ITrustKeeperGrain>(partition);
}
