using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Outcomes;

namespace Assay.Host.Tests.Replay.Outcomes;

public sealed class OutcomeTotalsTests
{
    private readonly OutcomeTotals _totals = new();

    [Fact]
    public void Quarantined_NamesThoseWhoAreAtTheEnd()
    {
        foreach (var (identity, standing) in new[] { ("zoe", Standing.Quarantined), ("ann", Standing.Quarantined), ("bob", Standing.Quarantined), ("eve", Standing.Watched) })
            Decide(Trust.Decision(identity, standing));
        Decide(Trust.Decision("bob", Standing.Contested, epoch: 2));
        Assert.Equal(["ann", "zoe"], _totals.Quarantined);
        Assert.Equal(["ann", "bob", "zoe"], _totals.Distrusted.Select(d => d.Decision.Identity));
        Assert.Equal("eve", Assert.Single(_totals.Watched).Decision.Identity);
    }

    [Fact]
    public void Standings_OfAnIdentityInSeveralSources_IsTheLeastTrusting()
    {
        Decide(Trust.Decision("eve", Standing.Trusted) with { Source = "a" });
        Decide(Trust.Decision("eve", Standing.Quarantined) with { Source = "b" });
        Decide(Trust.Decision("eve", Standing.Unproven) with { Source = "c" });
        Assert.Equal(Standing.Quarantined, Assert.Single(_totals.Standings()).Value);
    }

    [Fact]
    public void Took_WhenRecallsOverlap_CountsEachRecordOnce()
    {
        _totals.Took(Recall(3), [Row(1, true), Row(2, false), Row(3, true)]);
        _totals.Took(Recall(2), [Row(3, true), Row(4, true)]);
        Assert.Equal((4, 3, 4), (_totals.Recalled, _totals.PoisonedRecalled, _totals.RecalledOf("eve")));
    }

    [Fact]
    public void Took_WhenRowsAreNotRememberedAnyMore_TakesTheRecallsWordForThem()
    {
        _totals.Took(Recall(10), [Row(1, true)]);
        Assert.Equal((10, 1), (_totals.Recalled, _totals.PoisonedRecalled));
        Assert.Equal(10, _totals.RecalledBy(new StandingKey("eve")));
    }

    private void Decide(Decision decision) => _totals.Decided(new Distrusted(decision, null, null, 0, 0));

    private static JudgedRow Row(long number, bool poisoned) => new(number, null, "f", number, "s", "eve", VerdictKind.Admit, poisoned);

    private static Recall Recall(long records) =>
        new() { Identity = "eve", Epoch = 1, From = "a", To = "b", Records = records, Ranges = [new RecallRange("replay", 0, 0, 9)] };
}
