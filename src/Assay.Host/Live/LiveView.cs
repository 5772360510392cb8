namespace Assay.Host.Live;

/// <summary>The live terminal view: four frames a second until cancelled, then the terminal as it was.</summary>
public sealed class LiveView(FlowBoard board, RunInfo run, TimeProvider time, AttackTally? attacks = null)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <param name="terminal">Usually <see cref="Console.Out"/>; must be a terminal that knows ANSI sequences.</param>
    /// <param name="size">Columns and lines, asked before each frame.</param>
    public async Task Run(TextWriter terminal, Func<(int Width, int Height)> size, CancellationToken stop)
    {
        using var frames = new FrameWriter(terminal);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                var (width, height) = size();
                (width, height) = (Math.Max(1, width), Math.Max(1, height));
                frames.Draw(LiveScreen.Render(board.Snapshot(), run, attacks?.Snapshot() ?? [], width, height), width, height);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }
}
