using Assay.Host.Live;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Host.Tests.Live;

public class ProgressLineTests
{
    [Fact]
    public void Write_WhenOnATerminal_RewritesOneLineWithBarRateAndTimeLeft()
    {
        var line = Line(terminal: true, 80, new ReplayProgress(250_000, 1_000_000, 23), TimeSpan.FromSeconds(10));
        Assert.StartsWith("\r█", line, StringComparison.Ordinal);
        Assert.Contains("250,000/1,000,000 records  25,000/s  00:30 left  23 held", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.InRange(line.Length, 40, 80 + "\r\e[K".Length);
    }

    [Fact]
    public void Write_WhenTheTotalIsUnknown_LeavesBarAndTimeLeftOut()
    {
        var line = Line(terminal: true, 80, new ReplayProgress(5_000, null, 0), TimeSpan.FromSeconds(1));
        Assert.Equal("\r5,000 records  5,000/s  0 held\e[K", line);
    }

    [Fact]
    public void Write_WhenNoTerminal_WritesAPlainLine()
    {
        var line = Line(terminal: false, 80, new ReplayProgress(500, 1_000, 2), TimeSpan.FromSeconds(5));
        Assert.Equal("progress records=500 total=1000 rate=100 eta=5s held=2" + Environment.NewLine, line);
    }

    private static string Line(bool terminal, int width, ReplayProgress progress, TimeSpan elapsed)
    {
        var time = new FakeTimeProvider();
        using var output = new StringWriter();
        var line = new ProgressLine(output, terminal, time, () => width);
        time.Advance(elapsed);
        line.Write(progress);
        return output.ToString();
    }
}
