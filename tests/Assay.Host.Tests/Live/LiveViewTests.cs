using Assay.Contracts.Verdicts;
using Assay.Host.Live;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using static Assay.Host.Tests.Live.Flows;

namespace Assay.Host.Tests.Live;

public class LiveViewTests
{
    [Fact]
    public async Task Run_WhenCancelled_LeavesTheTerminalAsItWas()
    {
        var time = new FakeTimeProvider();
        var board = new FlowBoard(time);
        board.Judged("t", 0, "vendor-x", [Of(VerdictKind.Admit, "a")]);
        using var stop = new CancellationTokenSource();
        using var terminal = new SignallingWriter();
        var run = new LiveView(board, new RunInfo("observe", "embedded", []), time).Run(terminal, () => (80, 24), stop.Token);
        await terminal.Flushed(2);
        Assert.Contains("vendor-x", terminal.ToString(), StringComparison.Ordinal);

        board.Judged("t", 0, "vendor-late", [Of(VerdictKind.Admit, "a")]);
        time.Advance(LiveView.Interval);
        await terminal.Flushed(3);
        Assert.Contains("vendor-late", terminal.ToString(), StringComparison.Ordinal);

        await stop.CancelAsync();
        await run;
        Assert.StartsWith("\e[?1049h\e[?25l", terminal.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h\e[?1049l", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_WhenOneLineChanges_RewritesThatLineOnly()
    {
        using var terminal = new StringWriter();
        using var frames = new FrameWriter(terminal);
        frames.Draw(new Rows(new Text("first"), new Text("second")), 80, 24);
        terminal.GetStringBuilder().Clear();
        frames.Draw(new Rows(new Text("first"), new Text("changed")), 80, 24);
        Assert.Contains("\e[2;1Hchanged", terminal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("first", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_WhenTheTerminalChangesSize_DrawsEverythingAgain()
    {
        using var terminal = new StringWriter();
        using var frames = new FrameWriter(terminal);
        frames.Draw(new Rows(new Text("first"), new Text("second")), 80, 24);
        terminal.GetStringBuilder().Clear();
        frames.Draw(new Rows(new Text("first"), new Text("second")), 80, 1);
        Assert.Contains("first", terminal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("second", terminal.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Lets a test wait for the n-th flush.</summary>
    private sealed class SignallingWriter : StringWriter
    {
        private readonly SemaphoreSlim _flushes = new(0);
        private int _awaited;

        public async Task Flushed(int times)
        {
            for (; _awaited < times; _awaited++)
                Assert.True(await _flushes.WaitAsync(TimeSpan.FromSeconds(20)));
        }

        public override void Flush() => _flushes.Release();

        protected override void Dispose(bool disposing)
        {
            _flushes.Dispose();
            base.Dispose(disposing);
        }
    }
}
