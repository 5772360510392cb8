using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Sources;
using Assay.Contracts.Trust;
using Assay.Detection;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Host.Replay.Ticks;

namespace Assay.Host.Tests.Replay.Ticks;

public sealed class TickBoundaryTests
{
    private static readonly SourceId[] Shards = [new("replay", 3, "a"), new("replay", 0, "b"), new("replay", 1, "c")];

    private readonly FakeTickGrains _grains = new();
    private readonly StandingTable _standings = new();
    private readonly CohortViews _views = new(DetectorSet.Default);
    private readonly Outcomes _outcomes = new();

    private TickBoundary Boundary => new(_grains, _standings, _views, _outcomes);

    [Fact]
    public async Task Settle_WhenNobodyHasNews_AsksTheShardsAndNobodyElse()
    {
        Assert.False(await Boundary.Settle(Shards));
        Assert.Equal(["news replay/3/a", "news replay/0/b", "news replay/1/c"], _grains.Calls);
    }

    [Fact]
    public async Task Settle_WhateverTheOrderOfShards_CallsInOrderOfNames()
    {
        string[]? expected = null;
        for (var seed = 0; seed < 5; seed++)
        {
            GiveNews();
            var shards = Shards.ToArray();
            new Random(seed).Shuffle(shards);
            Assert.True(await Boundary.Settle(shards));
            expected ??= [.. _grains.Calls];
            Assert.Equal(expected, _grains.Calls);
            _grains.Calls.Clear();
        }

        Assert.Equal(
            [
                "note ann: replay/3/a, replay/1/c", "note eve: replay/0/b",
                "report ann: replay/3/a, replay/1/c", "report eve: replay/0/b", "contest zoe", "contest ann",
                "contribute d: replay/3/a", "contribute d: replay/0/b", "publish d",
            ],
            expected!.Skip(3));
    }

    [Fact]
    public async Task Settle_AppliesDecisionsAndViewsBeforeTheNextTick()
    {
        GiveNews();
        _grains.Outcomes["eve"] = new StandingOutcome { Decisions = [Trust.Decision("eve", Standing.Quarantined)] };
        _grains.Views["d"] = new CohortView { Dataset = "d", Version = 7, Contested = true, Identities = 3, Records = 9, Parts = [] };
        await Boundary.Settle(Shards);
        var applied = _standings.Find(new StandingKey("eve"))!;
        Assert.Equal((Standing.Quarantined, "as told"), (applied.Standing, applied.Reason));
        Assert.Equal((7, true), (_views.Find("d").Version, _views.Find("d").Contested));
        Assert.Equal("view 7 of d contested", _outcomes.Said[^1]);
    }

    [Fact]
    public async Task Settle_TakesDownOutcomesInTheOrderTheyCame()
    {
        GiveNews();
        _grains.Outcomes["ann"] = new StandingOutcome { Decisions = [Trust.Decision("ann", Standing.Trusted)] };
        _grains.Outcomes["eve"] = new StandingOutcome { Decisions = [Trust.Decision("eve", Standing.Contested)], Contested = [new StandingKey("zoe"), new StandingKey("ann")] };
        _grains.Contests["ann"] = new StandingOutcome { Decisions = [Trust.Decision("ann", Standing.Contested, epoch: 2)] };
        await Boundary.Settle(Shards);
        Assert.Equal(["reported ann 2", "reported eve 1", "ann trusted 1", "eve contested 1", "ann contested 2"], _outcomes.Said);
    }

    private void GiveNews()
    {
        _grains.News["replay/3/a"] = new ShardNews { Reports = [Trust.Report("ann", "replay/3/a")], Contribution = Contribution("replay/3/a") };
        _grains.News["replay/0/b"] = new ShardNews { Reports = [Trust.Report("eve", "replay/0/b")], Contribution = Contribution("replay/0/b") };
        _grains.News["replay/1/c"] = new ShardNews { Reports = [Trust.Report("ann", "replay/1/c")] };
        _grains.Outcomes["eve"] = new StandingOutcome { Contested = [new StandingKey("zoe"), new StandingKey("ann")] };
    }

    private static CohortContribution Contribution(string shard) =>
        new() { Shard = shard, Dataset = "d", Sequence = 1, MonitoredRecords = 1, IdentityHashes = [], Parts = [] };

    private sealed class Outcomes : ITickOutcomes
    {
        public List<string> Said { get; } = [];

        public void Reported(StandingKey key, IReadOnlyList<ShardReport> reports) => Said.Add($"reported {key} {reports.Count}");

        public ValueTask<IReadOnlyList<Decision>> Take(StandingKey key, StandingOutcome outcome)
        {
            Said.AddRange(outcome.Decisions.Select(d => $"{d.Identity} {d.Standing.Name()} {d.Epoch}"));
            return new(Array.ConvertAll(outcome.Decisions, d => d with { Reason = "as told" }));
        }

        public void Renewed(CohortView view) => Said.Add($"view {view.Version} of {view.Dataset}{(view.Contested ? " contested" : "")}");
    }
}
