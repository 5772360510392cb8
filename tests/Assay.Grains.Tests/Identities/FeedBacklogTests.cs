using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;
using Assay.Grains.Identities;

namespace Assay.Grains.Tests.Identities;

public class FeedBacklogTests
{
    [Fact]
    public void TakeReports_WhenAShardReportedTwice_GivesTheLatestOfEachShard()
    {
        var backlog = new FeedBacklog(new TrustFeedOptions());
        backlog.Add(Report("a", "s2", 1));
        backlog.Add(Report("a", "s1", 7));
        backlog.Add(Report("a", "s1", 5));
        Assert.Equal([("s1", 7L), ("s2", 1L)], backlog.TakeReports()!.Reports.Select(r => (r.Shard, r.Sequence)));
        Assert.True(backlog.IsEmpty);
    }

    [Fact]
    public void TakeReports_WhenTheIdentityIsBeingTold_WaitsUntilThatIsBack()
    {
        var backlog = new FeedBacklog(new TrustFeedOptions());
        backlog.Add(Report("a", "s", 1));
        var first = backlog.TakeReports()!;
        backlog.Add(Report("a", "s", 2));
        Assert.Null(backlog.TakeReports());
        backlog.Returned(first, failed: true);
        Assert.Equal([2L], backlog.TakeReports()!.Reports.Select(r => r.Sequence));
    }

    [Fact]
    public void Returned_WhenTheCallFailed_GivesTheReportsAgain()
    {
        var backlog = new FeedBacklog(new TrustFeedOptions());
        backlog.Add(Report("a", "s", 1));
        backlog.Returned(backlog.TakeReports()!, failed: true);
        Assert.Equal([1L], backlog.TakeReports()!.Reports.Select(r => r.Sequence));
    }

    [Fact]
    public void TakeReports_WhenEvidenceIsHeavy_ComesFirst()
    {
        var backlog = new FeedBacklog(new TrustFeedOptions());
        backlog.Add(Report("light", "s", 1));
        backlog.Add(Report("turns heavy", "s", 1));
        backlog.Add(Report("turns heavy", "s", 2, mass: 5000));
        Assert.Equal("turns heavy", backlog.TakeReports()!.Reports[0].Key.Identity);
    }

    [Fact]
    public void TakeReports_WhenSeveralAreUrgent_HandsAllOutToBeNotedBeforeAnyIsAccused()
    {
        var backlog = new FeedBacklog(new TrustFeedOptions());
        foreach (var identity in (string[])["a", "b", "c"])
            backlog.Add(Report(identity, "s", 1, mass: 5000));
        backlog.Add(Report("light", "s", 1));
        var order = new List<string>();
        while (backlog.TakeReports() is { } telling)
        {
            order.Add($"{(telling.NoteOnly ? "note" : "report")} {telling.Reports[0].Key.Identity}");
            backlog.Returned(telling, failed: false);
        }

        Assert.Equal(["note a", "note b", "note c", "report a", "report b", "report c", "report light"], order);
    }

    [Fact]
    public void Returned_WhenANoteFailed_NotesAgainAndThenReportsWhatCameMeanwhile()
    {
        var backlog = new FeedBacklog(new TrustFeedOptions());
        backlog.Add(Report("a", "s", 1, mass: 5000));
        backlog.Returned(backlog.TakeReports()!, failed: true);
        var second = backlog.TakeReports()!;
        Assert.True(second.NoteOnly);
        backlog.Add(Report("a", "s", 2, mass: 6000));
        backlog.Returned(second, failed: false);
        var third = backlog.TakeReports()!;
        Assert.Equal((false, 2L), (third.NoteOnly, third.Reports[0].Sequence));
        backlog.Returned(third, failed: true);
        Assert.False(backlog.TakeReports()!.NoteOnly);
        Assert.True(backlog.IsEmpty);
    }

    [Fact]
    public void Add_AtTheBound_DropsWhatTellsOfLittleAndNeverWhatIsUrgent()
    {
        var backlog = new FeedBacklog(new TrustFeedOptions { MaxReports = 3 });
        foreach (var identity in (string[])["a", "b", "c", "d"])
            backlog.Add(Report(identity, "s", 1));
        backlog.Add(Report("heavy", "s", 1, mass: 5000));
        backlog.Add(Report("b", "s", 2));
        Assert.Equal(["heavy", "b", "c"], Enumerable.Range(0, 3).Select(_ => backlog.TakeReports()!.Reports[0].Key.Identity));
        Assert.Null(backlog.TakeReports());
        Assert.Equal(2, backlog.Dropped);
    }

    [Fact]
    public void Add_WhenContributionsAreTooLarge_DropsTheNewShardAndKeepsTheKnown()
    {
        var backlog = new FeedBacklog(new TrustFeedOptions { MaxContributionBytes = 64 << 10 });
        backlog.Add(Contribution("s1", 1, 60 << 10));
        backlog.Add(Contribution("s2", 1, 60 << 10));
        backlog.Add(Contribution("s1", 2, 50 << 10));
        var taken = backlog.TakeContribution()!;
        Assert.Equal(("s1", 2L), (taken.Shard, taken.Sequence));
        Assert.Null(backlog.TakeContribution());
        Assert.Equal(1, backlog.Dropped);
    }

    private static ShardReport Report(string identity, string shard, long sequence, double mass = 0) => Reports.Of(new StandingKey(identity), shard, sequence, mass);

    private static CohortContribution Contribution(string shard, long sequence, int bytes) => new()
    {
        Shard = shard,
        Dataset = "d",
        Sequence = sequence,
        MonitoredRecords = 1,
        IdentityHashes = [],
        Parts = [new CohortPart("x", new byte[bytes])],
    };
}
