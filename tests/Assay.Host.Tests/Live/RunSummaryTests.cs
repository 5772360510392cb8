using Assay.Contracts.Verdicts;
using Assay.Host.Live;
using Assay.Host.Traffic;
using Microsoft.Extensions.Time.Testing;
using static Assay.Host.Tests.Live.Flows;

namespace Assay.Host.Tests.Live;

public class RunSummaryTests
{
    [Fact]
    public void Write_WhenARunEnds_SaysWhatCameAndWhatBecameOfIt()
    {
        var time = new FakeTimeProvider();
        var board = new FlowBoard(time);
        board.Judged("in.t", 0, "vendor-x",
            [Of(VerdictKind.Admit, "a"), Of(VerdictKind.Admit, "a"), Of(VerdictKind.Hold, "b", 2, "odd"), Of(VerdictKind.DeadLetter, "", 3, "no time")]);
        board.Progress("in.t", 0, 4, 3, 10);
        board.Released("in.t", 0);
        time.Advance(TimeSpan.FromSeconds(83));
        var attack = AttackTimetable.Default.Find("flip-cedar")!;
        using var output = new StringWriter();
        RunSummary.Write(output, board.Snapshot(), [new AttackProgress(attack, 40, new VerdictCounts(10, 29, 1, 0))]);

        var text = output.ToString();
        Assert.Contains("Ran 01:23, 4 records judged.", text, StringComparison.Ordinal);
        Assert.Contains("in.t time: no time", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  in\.t\s+    vendor-x\s+4\s+2\s+1\s+0\s+1\s+0\.0\s*$", text);
        Assert.All(text.Split('\n'), l => Assert.InRange(l.Length, 0, 80));
        Assert.Contains("vendor-cedar labels fraud as legit where region=iberia", text, StringComparison.Ordinal);
        Assert.Contains("from record 48,000, 40 sent: 29 held, 1 rejected, 10 admitted", text, StringComparison.Ordinal);
        Assert.Contains("Lag at exit: 7 records.", text, StringComparison.Ordinal);
        Assert.Matches(@"held\s+1\s+25\.00 %", text);
    }
}
