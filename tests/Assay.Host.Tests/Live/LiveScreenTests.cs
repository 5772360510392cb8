using Assay.Contracts.Verdicts;
using Assay.Host.Live;
using Assay.Host.Traffic;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using static Assay.Host.Tests.Live.Flows;

namespace Assay.Host.Tests.Live;

public class LiveScreenTests
{
    private readonly FlowBoard _board = new(new FakeTimeProvider());

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    [InlineData(80, 16)]
    public void Render_WhenTheTerminalHasASize_KeepsWithinItAndShowsWhatMatters(int width, int height)
    {
        Fill(sources: 30);
        var lines = Draw(width, height, Attacks());
        Assert.InRange(lines.Length, height / 2, height);
        Assert.All(lines, l => Assert.InRange(l.TrimEnd().Length, 0, width));
        var text = string.Join('\n', lines);
        Assert.Contains("enforce", text, StringComparison.Ordinal);
        Assert.Contains("source-00", text, StringComparison.Ordinal);
        Assert.Contains("more sources", text, StringComparison.Ordinal);
        Assert.Contains("FAULT", text, StringComparison.Ordinal);
        Assert.Contains("hold", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, 12)]
    [InlineData(10, 2)]
    public void Render_WhenTheTerminalIsTiny_CutsAndNeverWraps(int width, int height)
    {
        Fill(sources: 30);
        var lines = Draw(width, height, Attacks());
        Assert.InRange(lines.Length, height - 1, height);
        Assert.All(lines, l => Assert.InRange(l.Length, 0, width));
        Assert.StartsWith("assay", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("495 recor", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WhenTheTerminalIsRoomy_ShowsTopicsAttacksAndReasons()
    {
        Fill(sources: 5);
        var text = string.Join('\n', Draw(120, 40, Attacks()));
        Assert.Contains("ingest.demo", text, StringComparison.Ordinal);
        Assert.Contains("vendor-cedar labels fraud as legit", text, StringComparison.Ordinal);
        Assert.Contains("amount 12 is far off", text, StringComparison.Ordinal);
        Assert.Contains("memory only", text, StringComparison.Ordinal);
        Assert.DoesNotContain("more sources", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WhenThereIsNoRoomForAttacks_SumsThemUp()
    {
        Fill(sources: 5);
        Assert.Contains(Draw(80, 24, Attacks()), l => l.Contains("11 attacks since the start: 440 records, 330 held, 55 rejected", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_WhenNothingHasCome_SaysSo() =>
        Assert.Contains(Draw(80, 24, []), l => l.Contains("Nothing held or rejected yet", StringComparison.Ordinal));

    [Fact]
    public void Render_WhenAnIdentityHoldsEscapesAndMarkup_PrintsNeither()
    {
        _board.Judged("t", 0, "[red]s[/]", [Of(VerdictKind.Hold, "evil\e[2J\n\u202Eid", reason: "[blink]x[/] \u200B\U000E0041y")]);
        var text = string.Join('\n', Draw(120, 40, []));
        Assert.Contains("[red]s[/]", text, StringComparison.Ordinal);
        Assert.Contains("evil·[2J··id", text, StringComparison.Ordinal);
        Assert.Contains("[blink]x[/] ··y", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
    }

    private void Fill(int sources)
    {
        for (var i = 0; i < sources; i++)
        {
            _board.Judged("ingest.demo", 0, $"source-{i:D2}",
                [Of(VerdictKind.Admit, "a"), .. Enumerable.Repeat(Of(VerdictKind.Hold, $"svc-{i}", i, "amount 12 is far off", 4.2), sources - i)]);
        }

        _board.Fault("broker", "1 of 1 brokers are down");
    }

    private static List<AttackProgress> Attacks() =>
        [.. AttackTimetable.Default.All.Select(a => new AttackProgress(a, 40, new VerdictCounts(1, 30, 5, 0)))];

    private string[] Draw(int width, int height, IReadOnlyList<AttackProgress> attacks)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(LiveScreen.Render(_board.Snapshot(), new RunInfo("enforce", "embedded broker", ["memory only"]), attacks, width, height));
        return text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n');
    }
}
