using System.Globalization;
using System.Text;

namespace Assay.Host.Live;

/// <summary>
/// Progress of <c>assay replay</c> on standard error: one line that is rewritten four times a second on a terminal, a plain line
/// every five seconds elsewhere.
/// </summary>
public sealed class ProgressLine(TextWriter error, bool terminal, TimeProvider time, Func<int>? width = null)
{
    public static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private const int MaxBar = 30;
    private readonly long _start = time.GetTimestamp();

    /// <summary>Shows progress until cancelled; then wipes the line from a terminal.</summary>
    /// <param name="progress">Asked before each line, from another thread than the replay's.</param>
    public async Task Run(Func<ReplayProgress> progress, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(terminal ? TerminalInterval : PlainInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                Write(progress());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (terminal)
                error.Write("\r\e[K");
            error.Flush();
        }
    }

    internal void Write(in ReplayProgress now)
    {
        var seconds = time.GetElapsedTime(_start).TotalSeconds;
        var rate = seconds > 0 ? now.Done / seconds : 0;
        if (terminal)
            error.Write("\r" + Bar(now, rate, Math.Max(20, (width?.Invoke() ?? 80) - 1)) + "\e[K");
        else
            error.WriteLine(Plain(now, rate));
        error.Flush();
    }

    private static string Plain(in ReplayProgress now, double rate) => string.Create(CultureInfo.InvariantCulture,
        $"progress records={now.Done}{(now.Total is { } t ? $" total={t}" : "")} rate={rate:0}{(Eta(now, rate) is { } eta ? $" eta={eta.TotalSeconds:0}s" : "")} held={now.Held}");

    private static string Bar(in ReplayProgress now, double rate, int room)
    {
        var text = new StringBuilder(Words.Count(now.Done));
        if (now.Total is { } total)
            text.Append('/').Append(Words.Count(total));
        text.Append(" records  ").Append(Words.Rate(rate)).Append("/s");
        if (Eta(now, rate) is { } eta)
            text.Append("  ").Append(Words.Clock(eta)).Append(" left");
        text.Append("  ").Append(Words.Count(now.Held)).Append(" held");
        var bar = Math.Min(MaxBar, room - text.Length - 2);
        if (now.Total is > 0 && bar >= 5)
        {
            var full = (int)(bar * Math.Min(1.0, (double)now.Done / now.Total.Value));
            text.Insert(0, new string('█', full) + new string('░', bar - full) + "  ");
        }

        return text.Length > room ? text.ToString(0, room) : text.ToString();
    }

    private static TimeSpan? Eta(in ReplayProgress now, double rate) =>
        now.Total is { } total && rate > 0 ? TimeSpan.FromSeconds(Math.Max(0, Math.Ceiling((total - now.Done) / rate))) : null;
}
