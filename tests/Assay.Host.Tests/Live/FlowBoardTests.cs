using Assay.Contracts.Verdicts;
using Assay.Host.Live;
using Microsoft.Extensions.Time.Testing;
using static Assay.Host.Tests.Live.Flows;

namespace Assay.Host.Tests.Live;

public class FlowBoardTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Snapshot_WhenSeveralThreadsReport_CountsEveryVerdictOnceAndNeverContradictsItself()
    {
        var board = new FlowBoard(_time);
        const int Threads = 4, Calls = 2_000;
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            for (var i = 0; i < Calls; i++)
            {
                board.Judged("t", thread, $"s{i % 3}",
                [
                    Of(VerdictKind.Admit, "a"), Of(VerdictKind.Admit, "a"), Of(VerdictKind.Hold, "b", reason: "odd"),
                    Of(VerdictKind.Reject, "c", reason: "duplicate"), Of(VerdictKind.DeadLetter, "d"),
                ]);
                if (i % 50 == 0)
                {
                    var totals = board.Snapshot().Totals;
                    Assert.Equal(totals.Admitted, 2 * totals.Held);
                    Assert.Equal(totals.Rejected, totals.DeadLetters);
                }
            }
        });

        const long N = Threads * Calls;
        var flow = board.Snapshot();
        Assert.Equal(new VerdictCounts(2 * N, N, N, N), flow.Totals);
        Assert.Equal(flow.Totals.Records, flow.Sources.Sum(s => s.Counts.Records));
        Assert.Equal(N, flow.DeadLetterRules.Sum(r => r.Count));
        Assert.Equal(2 * N, flow.Notable.Sum(n => n.Count));
    }

    [Fact]
    public void Judged_WhenReasonsDifferInNumbersOnly_AreOneEntryWithTheLatestSentence()
    {
        var board = new FlowBoard(_time);
        board.Judged("t", 0, "s", [Of(VerdictKind.Hold, "x", 1, "amount 1,200.5 is 9.1 sd off", 4)]);
        _time.Advance(TimeSpan.FromSeconds(3));
        board.Judged("t", 0, "s", [Of(VerdictKind.Hold, "x", 2, "amount 7 is 12 sd off", 5), Of(VerdictKind.Hold, "y", 3, "amount 7 is 12 sd off")]);

        var notable = board.Snapshot().Notable;
        Assert.Equal(["y", "x"], notable.Select(n => n.Identity));
        Assert.Equal(2, notable[1].Count);
        Assert.Equal("amount 7 is 12 sd off", notable[1].Reason);
        Assert.Equal(TimeSpan.FromSeconds(3), notable[1].At);
        Assert.Equal(2, board.EventsAfter(0).Count);
    }

    [Theory]
    [InlineData("hidden tags in text: 20 (the first at 183): … a small", "hidden tags in text: 3 (the first at 9): other text", 1)]
    [InlineData("label \"a\" turned", "label \"b\" turned", 1)]
    [InlineData("0.2 % repeat", "7 % repeat", 1)]
    [InlineData("amount far off", "distance far off", 2)]
    public void Judged_WhenReasonsDiffer_GoesByWhatIsNoDetailOfTheRecord(string one, string two, int entries)
    {
        var board = new FlowBoard(_time);
        board.Judged("t", 0, "s", [Of(VerdictKind.Hold, "x", 1, one), Of(VerdictKind.Hold, "x", 2, two)]);
        Assert.Equal(entries, board.Snapshot().Notable.Count);
    }

    [Fact]
    public void Snapshot_WhenRecordsComeSteadily_StatesTheirRate()
    {
        var board = new FlowBoard(_time);
        for (var second = 0; second < 30; second++)
        {
            board.Judged("t", 0, "s", [.. Enumerable.Repeat(Of(VerdictKind.Admit, "a"), 40)]);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(40, board.Snapshot().Rate);
        Assert.Equal(40, board.Snapshot().Sources[0].Rate);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(20, board.Snapshot().Rate);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, board.Snapshot().Rate);
    }

    [Fact]
    public void Snapshot_WhenPartitionsReport_SumsLagOverThoseItOwns()
    {
        var board = new FlowBoard(_time);
        board.Progress("t", 0, position: 90, committed: 80, end: 100);
        board.Progress("t", 1, position: 40, committed: -1, end: 70);
        board.Progress("u", 0, position: 5, committed: 5, end: 5);
        Assert.Equal(50, board.Snapshot().Lag);
        Assert.Equal(new TopicFlow("t", 2, 80, 50, 40, 0), board.Snapshot().Topics[0]);

        board.Released("t", 1);
        Assert.Equal(new TopicFlow("t", 1, 80, 20, 10, 30), board.Snapshot().Topics[0]);
    }

    [Fact]
    public void Fault_WhenItRecovers_LeavesTheSnapshotAndTwoEvents()
    {
        var board = new FlowBoard(_time);
        board.Fault("broker", "cannot be reached");
        Assert.Equal("broker", Assert.Single(board.Snapshot().Faults).Area);
        board.Recovered("broker");
        Assert.Empty(board.Snapshot().Faults);
        Assert.Equal([FlowEventKind.Fault, FlowEventKind.Recovery], board.EventsAfter(0).Select(e => e.Kind));
        Assert.Equal(FlowEventKind.Recovery, Assert.Single(board.EventsAfter(1)).Kind);
    }

    [Fact]
    public void Snapshot_WhenMoreComesLater_StaysAsItWas()
    {
        var board = new FlowBoard(_time);
        board.Judged("t", 0, "s", [Of(VerdictKind.Hold, "x", reason: "why")]);
        var before = board.Snapshot();
        board.Judged("t", 0, "s", [Of(VerdictKind.Hold, "x", reason: "why", score: 9)]);
        Assert.Equal(1, before.Totals.Held);
        Assert.Equal(1, before.Notable[0].Count);
        Assert.Equal(0, before.Sources[0].MaxScore);
    }

    [Fact]
    public void Constructor_WhenACapIsZero_Refuses() =>
        Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(
            () => new FlowBoard(_time, new FlowBoardOptions { Sources = 0 }));
}
