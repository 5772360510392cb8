using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Assay.Grains.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Grains.Identities;

/// <summary>
/// Tells identities and cohorts, in the background, what the shards of this silo post, and contests whom a cohort's breaker names. What fails is tried
/// again for ever. At a stop it sends what waits while the silo's grains still live, within a bound; the rest comes again from the shards.
/// </summary>
public sealed partial class TrustFeed(
    IGrainFactory grains, IOptions<TrustFeedOptions> options, IFlowObserver observer, TimeProvider time, ILogger<TrustFeed> logger)
    : ITrustFeed, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const string Area = "standings";
    private const int MaxDoublings = 20;
    private readonly Lock _gate = new();
    private readonly FeedBacklog _backlog = new(options.Value);
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _idle = Completed();
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private int _running;
    private bool _started;

    /// <summary>Reports and contributions dropped at a bound so far.</summary>
    public long Dropped
    {
        get
        {
            lock (_gate)
                return _backlog.Dropped;
        }
    }

    public bool Asked => false;

    public void Post(ShardNews news)
    {
        if (news.IsEmpty)
            return;
        lock (_gate)
        {
            foreach (var report in news.Reports)
                _backlog.Add(report);
            if (news.Contribution is { } contribution)
                _backlog.Add(contribution);
            SendMore();
        }
    }

    /// <summary>Sends from the time on when grains can be called; the ingress stands above this stage, so that it stops before.</summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(TrustFeed), ServiceLifecycleStage.Active, Start, Stop);

    public Task Start(CancellationToken cancellation)
    {
        lock (_gate)
        {
            _started = true;
            SendMore();
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits until everything is told, at most <see cref="TrustFeedOptions.DrainTimeout"/>.</summary>
    public async Task Stop(CancellationToken cancellation)
    {
        Task idle;
        lock (_gate)
            idle = _idle.Task;
        try
        {
            await idle.WaitAsync(options.Value.DrainTimeout, time, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LogUndelivered();
        }

        lock (_gate)
            _started = false;
        await _stop.CancelAsync();
    }

    public void Dispose() => _stop.Dispose();

    private static TaskCompletionSource Completed()
    {
        var source = NewIdle();
        source.SetResult();
        return source;
    }

    private static TaskCompletionSource NewIdle() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Under the gate.</summary>
    private void SendMore()
    {
        while (_started && _running < options.Value.Calls && Next() is { } call)
        {
            _running++;
            if (_idle.Task.IsCompleted)
                _idle = NewIdle();
            // Posted from within a grain: the call must not run as a part of its turn.
            _ = Task.Run(call);
        }

        if (_running == 0 && (_backlog.IsEmpty || !_started))
            _idle.TrySetResult();
    }

    private Func<Task>? Next()
    {
        if (_backlog.TakeContest() is { } key)
            return () => Send(key.ToString(), () => Told(Identity(key).Contest()), failed => Contested(key, failed));
        if (_backlog.TakeReports() is { } telling)
            return () => Send(telling.Reports[0].Key.ToString(), () => Told(Tell(telling)), failed => _backlog.Returned(telling, failed));
        if (_backlog.TakeContribution() is { } contribution)
            return () => Send(contribution.Shard, () => Contribute(contribution), failed => _backlog.Returned(contribution, failed));
        return null;
    }

    private ValueTask<StandingOutcome> Tell(FeedBacklog.Telling telling)
    {
        var identity = Identity(telling.Reports[0].Key);
        return telling.NoteOnly ? identity.Note(telling.Reports) : identity.Report(telling.Reports);
    }

    private IIdentityGrain Identity(StandingKey key) => grains.GetGrain<IIdentityGrain>(key.ToString());

    private async Task Contribute(CohortContribution contribution) => await grains.GetGrain<ICohortGrain>(contribution.Dataset).Contribute(contribution);

    private async Task Told(ValueTask<StandingOutcome> call)
    {
        var outcome = await call;
        lock (_gate)
        {
            foreach (var suspect in outcome.Contested)
                _backlog.AddContest(suspect);
        }
    }

    private void Contested(StandingKey key, bool failed)
    {
        if (failed)
            _backlog.AddContest(key);
    }

    private async Task Send(string whom, Func<Task> call, Action<bool> returned)
    {
        Exception? error = null;
        try
        {
            await call();
        }
        catch (Exception e)
        {
            error = e;
        }

        var wait = TimeSpan.Zero;
        lock (_gate)
        {
            returned(error is not null);
            if (error is not null)
                wait = Failed(whom, error);
            else if (_failures.Remove(whom) && _failures.Count == 0)
                observer.Recovered(Area);
        }

        // A failed call keeps its place among the running ones while it waits, so that an outage is not answered with ever more calls.
        if (wait > TimeSpan.Zero)
            await Wait(wait);
        lock (_gate)
        {
            _running--;
            SendMore();
        }
    }

    private TimeSpan Failed(string whom, Exception error)
    {
        if (_failures.Count == 0)
        {
            LogFailing(error);
            observer.Fault(Area, $"Identities and cohorts cannot be told what the sources have seen, it is tried until they can: {error.Message}");
        }

        var times = _failures[whom] = _failures.GetValueOrDefault(whom) + 1;
        var wait = options.Value.RetryMin * Math.Pow(2, Math.Min(times - 1, MaxDoublings));
        return wait < options.Value.RetryMax ? wait : options.Value.RetryMax;
    }

    private async Task Wait(TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, time, _stop.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(2021, LogLevel.Warning, "Identities and cohorts cannot be told what the sources have seen; it is tried until they can")]
    private partial void LogFailing(Exception error);

    [LoggerMessage(2022, LogLevel.Warning, "The silo stops before identities and cohorts have been told everything; the sources tell it again after the next start")]
    private partial void LogUndelivered();
}
