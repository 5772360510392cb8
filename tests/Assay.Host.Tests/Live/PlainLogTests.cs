using System.Globalization;
using Assay.Contracts.Verdicts;
using Assay.Host.Live;
using Microsoft.Extensions.Time.Testing;
using static Assay.Host.Tests.Live.Flows;

namespace Assay.Host.Tests.Live;

public sealed class PlainLogTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly StringWriter _output = new();
    private readonly FlowBoard _board;
    private readonly PlainLog _log;

    public PlainLogTests()
    {
        _board = new FlowBoard(_time);
        _log = new PlainLog(_board, _output, _time);
    }

    public void Dispose() => _output.Dispose();

    [Fact]
    public void WriteEvents_WhenSomethingNotableHappens_WritesOneStableLineEach()
    {
        _board.Judged("in.t", 0, "s", [Of(VerdictKind.Hold, "svc x", 1, "said \"hi\""), Of(VerdictKind.Hold, "svc x", 2, "said \"hi\"")]);
        _board.Judged("in.t", 0, "s", [Of(VerdictKind.Reject, "k", 3, "duplicate"), Of(VerdictKind.DeadLetter, "", 4, "no time")]);
        _board.TopicPaused("in.t", "time", "fix the profile");
        _board.Fault("broker", "down");
        _board.Recovered("broker");
        _log.WriteEvents();
        Assert.Equal(
            [
                """2026-03-04T05:06:07Z hold topic=in.t source=s identity="svc x" reason="said \"hi\"" """.TrimEnd(),
                "2026-03-04T05:06:07Z reject topic=in.t source=s identity=k reason=duplicate",
                "2026-03-04T05:06:07Z dead-letter topic=in.t source=s rule=time reason=\"no time\"",
                "2026-03-04T05:06:07Z pause topic=in.t rule=time message=\"fix the profile\"",
                "2026-03-04T05:06:07Z fault area=broker message=down",
                "2026-03-04T05:06:07Z recovery area=broker",
            ],
            Lines());
        _log.WriteEvents();
        Assert.Equal(6, Lines().Length);
    }

    [Fact]
    public void WriteFlow_WhenRecordsCame_StatesTotals()
    {
        _board.Judged("t", 0, "s", [Of(VerdictKind.Admit, "a"), Of(VerdictKind.Hold, "a", 1, "x")]);
        _board.Progress("t", 0, 2, 1, 9);
        _time.Advance(TimeSpan.FromSeconds(2));
        _log.WriteFlow();
        Assert.Equal(
            ["2026-03-04T05:06:09Z flow records=2 rate=1 admit=1 hold=1 reject=0 dead-letter=0 lag=8 unread=7 sources=1 faults=0 paused=0"], Lines());
    }

    [Fact]
    public void WriteEvents_WhenVerdictsFlood_LimitsThemAndCountsTheRest()
    {
        for (var i = 0; i < 1_000; i++)
            _board.Judged("t", 0, "s", [Of(VerdictKind.Hold, "id" + i.ToString(CultureInfo.InvariantCulture), i, "x")]);
        _board.Fault("broker", "down");
        _log.WriteEvents();
        _log.WriteFlow();
        var lines = Lines();
        Assert.Equal(PlainLog.MaxVerdictLines, lines.Count(l => l.Contains(" hold ", StringComparison.Ordinal)));
        Assert.Contains(lines, l => l.Contains(" fault area=broker", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.EndsWith($" more events={1_000 - PlainLog.MaxVerdictLines}", StringComparison.Ordinal));
    }

    [Fact]
    public void WriteEvents_WhenAReasonHoldsALineBreak_StaysOneLine()
    {
        _board.Judged("t", 0, "s", [Of(VerdictKind.Hold, "a\nb", 1, "x\r\n2026-01-01T00:00:00Z fault area=forged")]);
        _log.WriteEvents();
        Assert.Single(Lines());
    }

    private string[] Lines() => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
