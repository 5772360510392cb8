using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Host.Live;
using Assay.Host.Traffic;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Assay.Host.Tests.Live;

public sealed class StandingsTests
{
    private const string Why = "label fraud is going missing where region=iberia: 14 of 1110 records, 39.6 expected";
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly FlowBoard _board;

    public StandingsTests() => _board = new FlowBoard(_time);

    [Fact]
    public void Snapshot_WhenAnIdentityIsQuarantined_CountsWhatIsHeldLeakedAndRecalled()
    {
        _board.Recalled(Recall("svc", 2, 40));
        _board.Decided(Decided("svc", 2, Standing.Quarantined));
        _board.Judged("t", 0, "s", [Flows.Of(VerdictKind.Admit, "svc", 1), Flows.Of(VerdictKind.Hold, "svc", 2, "quarantined"), Flows.Of(VerdictKind.Hold, "other", 3, "odd")]);
        _board.Recalled(Recall("svc", 2, 2));
        _board.InEffect(new StandingKey("svc"), 2, TimeSpan.FromMilliseconds(200));
        var standing = Assert.Single(_board.Snapshot().Standings);
        Assert.Equal((1L, 1L, 42L, (TimeSpan?)TimeSpan.FromMilliseconds(200)), (standing.Held, standing.Leaked, standing.Recalled, standing.InEffect));
    }

    [Fact]
    public void Snapshot_WhenAnIdentityIsTrustedAgain_ShowsItNoMore()
    {
        _board.Decided(Decided("svc", 2, Standing.Quarantined));
        _board.Decided(Decided("svc", 3, Standing.Trusted));
        Assert.Empty(_board.Snapshot().Standings);
    }

    [Fact]
    public void Decided_AtTheCap_AWatchedIdentityMakesRoomForAQuarantinedOne()
    {
        var board = new FlowBoard(_time, new FlowBoardOptions { Standings = 2 });
        board.Decided(Decided("a", 1, Standing.Watched));
        board.Decided(Decided("b", 1, Standing.Quarantined));
        board.Decided(Decided("c", 1, Standing.Quarantined));
        board.Decided(Decided("d", 1, Standing.Quarantined));
        var flow = board.Snapshot();
        Assert.Equal(["b", "c"], flow.Standings.Select(s => s.Decision.Identity).Order());
        Assert.Equal(1, flow.StandingsUnshown);
    }

    [Fact]
    public void PlainLog_WhenAnIdentityIsQuarantined_PrintsOneLine()
    {
        _board.Decided(Decided("svc", 2, Standing.Watched));
        _board.Decided(Decided("svc", 3, Standing.Quarantined));
        _board.Decided(Decided("svc", 3, Standing.Quarantined));
        _board.Recalled(Recall("svc", 3, 2048));
        _board.CohortContested("d");
        _board.CohortContested("d");
        _board.Decided(Decided("svc", 4, Standing.Watched));
        using var output = new StringWriter();
        new PlainLog(_board, output, _time).WriteEvents();
        Assert.Equal(
            [
                $"watch identity=svc reason=\"{Why}\"",
                $"quarantined identity=svc since=tx-7 reason=\"{Why}\"",
                "recall identity=svc records=2,048 from=tx-7",
                "contested dataset=d message=\"too many of its writers are under suspicion at once: nobody is accused, a person is needed\"",
                $"released identity=svc since=tx-7 reason=\"{Why}\"",
            ],
            output.ToString().TrimEnd().Split('\n').Select(l => l.TrimEnd('\r')["2026-03-04T05:06:07Z ".Length..]));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(140, 40)]
    public void Render_WhenSomebodyIsQuarantined_NamesThemWithTheReason(int width, int height)
    {
        for (var i = 0; i < 12; i++)
            _board.Decided(Decided($"svc-{i:D2}", 2, Standing.Quarantined));
        _board.CohortContested("fraud-model");
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(LiveScreen.Render(_board.Snapshot(), new RunInfo("enforce", "embedded broker", []), [], width, height));
        var lines = text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.InRange(lines.Length, 1, height);
        Assert.All(lines, l => Assert.InRange(l.TrimEnd().Length, 0, width));
        Assert.Contains(lines, l => l.Contains("quarantined", StringComparison.Ordinal) && l.Contains("label fraud is going missing", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith(" CONTESTED  fraud-model", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("and ", StringComparison.Ordinal));
    }

    [Fact]
    public void RunSummary_WhenAnAttackWasCaught_SaysSoInWords()
    {
        var tally = new AttackTally(AttackTimetable.Default, _time);
        var attack = AttackTimetable.Default.Find("flip-cedar")!;
        tally.Sent(new TrafficMessage(attack.Start, attack.Topic, [], [], [], default, "tx-1", attack.Id));
        _time.Advance(TimeSpan.FromSeconds(50));
        tally.Decided(Decided(attack.Identity, 2, Standing.Quarantined));
        _board.Decided(Decided(attack.Identity, 2, Standing.Quarantined));
        using var output = new StringWriter();
        RunSummary.Write(output, _board.Snapshot(), tally.Snapshot());
        var text = output.ToString();
        Assert.Contains("quarantined at 00:50: svc-cedar-export", text, StringComparison.Ordinal);
        Assert.Contains("region=iberia", text, StringComparison.Ordinal);
        Assert.Contains("caught at 00:50 after 1 sent", text, StringComparison.Ordinal);
        Assert.DoesNotContain("for something else", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), l => Assert.InRange(l.Length, 0, 80));
    }

    [Fact]
    public void AttackTally_WhenTheWriterIsQuarantinedForAnotherReason_SaysSo()
    {
        var tally = new AttackTally(AttackTimetable.Default, _time);
        var attack = AttackTimetable.Default.Find("flip-cedar")!;
        tally.Sent(new TrafficMessage(attack.Start, attack.Topic, [], [], [], default, "tx-1", attack.Id));
        tally.Decided(Decided(attack.Identity, 2, Standing.Quarantined) with { Reason = "label fraud is turning up where region=iberian" });
        Assert.False(tally.Snapshot().Single(a => a.Attack == attack).Caught!.ForTheAttack);
    }

    private static Decision Decided(string identity, long epoch, Standing standing) => new()
    {
        Identity = identity,
        Standing = standing,
        Epoch = epoch,
        Onset = "tx-7",
        Detector = "label-slices",
        Reason = Why,
        Evidence = new DecisionEvidence(1, 100),
    };

    private static Recall Recall(string identity, long epoch, long records) => new()
    {
        Identity = identity,
        Epoch = epoch,
        From = "tx-7",
        To = "tx-9",
        Records = records,
        Ranges = [new RecallRange("t", 0, 7, 9)],
    };
}
