using System.Reflection;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Assay.Grains.Identities;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Grains.Tests.Identities;

public sealed class TrustFeedTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _time = new();
    private readonly FakeGrains _grains = FakeGrains.Create();
    private readonly Faults _faults = new();
    private readonly TrustFeed _feed;

    public TrustFeedTests() =>
        _feed = new TrustFeed((IGrainFactory)(object)_grains, Options.Create(new TrustFeedOptions()), _faults, _time, NullLogger<TrustFeed>.Instance);

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Post_BeforeTheSiloIsActive_WaitsForIt()
    {
        _feed.Post(News("a", 1));
        Assert.Empty(_grains.Calls);
        await _feed.Start(CancellationToken.None);
        await _feed.Stop(CancellationToken.None).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["report a 1"], _grains.Calls);
    }

    [Fact]
    public async Task Post_WhenGrainsCannotBeReached_TriesAgainAndTellsTheObserverOnce()
    {
        _grains.Failures = 3;
        await _feed.Start(CancellationToken.None);
        _feed.Post(News("a", 1));
        while (_grains.Calls.Count == 0)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await _feed.Stop(CancellationToken.None).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["report a 1"], _grains.Calls);
        Assert.Equal(["fault standings", "recovered standings"], _faults.Seen);
    }

    [Fact]
    public async Task Post_WhenTheBreakerNamesOthers_ContestsThem()
    {
        _grains.Contested = [new StandingKey("b"), new StandingKey("c")];
        await _feed.Start(CancellationToken.None);
        _feed.Post(News("a", 1));
        await _feed.Stop(CancellationToken.None).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["contest b", "contest c", "report a 1"], _grains.Calls.Order());
    }

    [Fact]
    public async Task Post_WhenSeveralPassAThresholdTogether_NotesEachBeforeItIsReported()
    {
        _feed.Post(News("a", 1, mass: 5000));
        _feed.Post(News("b", 1, mass: 5000));
        await _feed.Start(CancellationToken.None);
        await _feed.Stop(CancellationToken.None).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["note a 1", "report a 1"], _grains.Calls.Where(c => c.EndsWith("a 1", StringComparison.Ordinal)));
        Assert.Equal(["note b 1", "report b 1"], _grains.Calls.Where(c => c.EndsWith("b 1", StringComparison.Ordinal)));
    }

    private static ShardNews News(string identity, long sequence, double mass = 0) => new() { Reports = [Reports.Of(new StandingKey(identity), "s", sequence, mass)] };

    private sealed class Faults : FlowObserver
    {
        public List<string> Seen { get; } = [];

        public override void Fault(string area, string message) => Seen.Add($"fault {area}");

        public override void Recovered(string area) => Seen.Add($"recovered {area}");
    }

    /// <summary>A grain factory of identities that remember what they were told.</summary>
    public class FakeGrains : DispatchProxy
    {
        private readonly Lock _gate = new();
        private readonly List<string> _calls = [];

        public int Failures { get; set; }

        public StandingKey[] Contested { get; set; } = [];

        public IReadOnlyList<string> Calls
        {
            get
            {
                lock (_gate)
                    return [.. _calls];
            }
        }

        public static FakeGrains Create() => (FakeGrains)(object)DispatchProxy.Create<IGrainFactory, FakeGrains>();

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.ReturnType == typeof(IIdentityGrain) ? new Identity(this, (string)args![0]!) : throw new NotSupportedException(targetMethod.ToString());

        internal StandingOutcome Told(string call)
        {
            lock (_gate)
            {
                if (Failures-- > 0)
                    throw new TimeoutException("no silo answers");
                _calls.Add(call);
                return new StandingOutcome { Contested = call.StartsWith("report", StringComparison.Ordinal) ? Contested : [] };
            }
        }
    }

    private sealed class Identity(FakeGrains grains, string key) : IIdentityGrain
    {
        public ValueTask<StandingOutcome> Report(ShardReport[] reports) => ValueTask.FromResult(grains.Told($"report {key} {reports[^1].Sequence}"));

        public ValueTask<StandingOutcome> Note(ShardReport[] reports) => ValueTask.FromResult(grains.Told($"note {key} {reports[^1].Sequence}"));

        public ValueTask<StandingOutcome> Contest() => ValueTask.FromResult(grains.Told($"contest {key}"));

        public ValueTask<Decision?> Latest() => ValueTask.FromResult<Decision?>(null);
    }
}
