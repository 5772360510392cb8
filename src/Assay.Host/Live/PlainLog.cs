using System.Globalization;

namespace Assay.Host.Live;

/// <summary>
/// The view where standard output is no terminal. Each line is <c>TIME WORD key=value …</c>, WORD one of <c>flow</c> (every five
/// seconds), <c>quarantined</c>, <c>paused</c>, <c>revoked</c>, <c>released</c>, <c>watch</c>, <c>recall</c>, <c>contested</c>, <c>settled</c>,
/// <c>hold</c>, <c>reject</c>, <c>dead-letter</c>, <c>pause</c>, <c>fault</c>, <c>recovery</c>, <c>more</c>. Words and keys are stable; keys may be
/// added at the end.
/// </summary>
public sealed class PlainLog(FlowBoard board, TextWriter output, TimeProvider time)
{
    public static readonly TimeSpan FlowInterval = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan EventInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Hold, reject, dead-letter and watch lines between two <c>flow</c> lines at most; <c>more</c> counts the rest. What concerns a standing that
    /// withholds, faults and pauses always come through.
    /// </summary>
    public const int MaxVerdictLines = 20;

    private long _lastEvent;
    private int _verdictLines;
    private long _suppressed;

    public async Task Run(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(EventInterval, time);
        var nextFlow = FlowInterval;
        var start = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                WriteEvents();
                if (time.GetElapsedTime(start) < nextFlow)
                    continue;
                WriteFlow();
                nextFlow += FlowInterval;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            WriteEvents();
        }
    }

    internal void WriteEvents()
    {
        foreach (var e in board.EventsAfter(_lastEvent))
        {
            _suppressed += e.Sequence - _lastEvent - 1;
            _lastEvent = e.Sequence;
            if (e.Kind is FlowEventKind.Hold or FlowEventKind.Reject or FlowEventKind.DeadLetter or FlowEventKind.Watch && _verdictLines++ >= MaxVerdictLines)
                _suppressed++;
            else
                Line(Describe(e));
        }
    }

    internal void WriteFlow()
    {
        if (_suppressed > 0)
            Line(string.Create(CultureInfo.InvariantCulture, $"more events={_suppressed}"));
        _suppressed = 0;
        _verdictLines = 0;
        var flow = board.Snapshot();
        var totals = flow.Totals;
        Line(string.Create(CultureInfo.InvariantCulture,
            $"flow records={totals.Records} rate={flow.Rate:0} admit={totals.Admitted} hold={totals.Held} reject={totals.Rejected} dead-letter={totals.DeadLetters} lag={flow.Lag} unread={flow.Unread} sources={flow.Sources.Count} faults={flow.Faults.Count} paused={flow.Paused.Count}"));
    }

    private static string Describe(FlowEvent e) => e.Kind switch
    {
        FlowEventKind.Hold => $"hold {Who(e)} reason={TerminalText.Field(e.Message)}",
        FlowEventKind.Reject => $"reject {Who(e)} reason={TerminalText.Field(e.Message)}",
        FlowEventKind.DeadLetter =>
            $"dead-letter topic={TerminalText.Field(e.Topic)} source={TerminalText.Field(e.Source)} rule={TerminalText.Field(e.Subject)} reason={TerminalText.Field(e.Message)}",
        FlowEventKind.Standing => $"{e.Subject} {Whom(e)}{Since(e)} reason={TerminalText.Field(e.Message)}",
        FlowEventKind.Watch => $"watch {Whom(e)} reason={TerminalText.Field(e.Message)}",
        FlowEventKind.Recall => $"recall {Whom(e)} records={TerminalText.Field(e.Subject)} from={TerminalText.Field(e.From)}",
        FlowEventKind.Contested => $"contested dataset={TerminalText.Field(e.Subject)} message={TerminalText.Field(e.Message)}",
        FlowEventKind.Settled => $"settled dataset={TerminalText.Field(e.Subject)}",
        FlowEventKind.Pause =>
            $"pause topic={TerminalText.Field(e.Topic)} rule={TerminalText.Field(e.Subject)} message={TerminalText.Field(e.Message)}",
        FlowEventKind.Fault => $"fault area={TerminalText.Field(e.Subject)} message={TerminalText.Field(e.Message)}",
        _ => $"recovery area={TerminalText.Field(e.Subject)}",
    };

    private static string Who(FlowEvent e) =>
        $"topic={TerminalText.Field(e.Topic)} source={TerminalText.Field(e.Source)} identity={TerminalText.Field(e.Identity)}";

    private static string Whom(FlowEvent e) =>
        $"identity={TerminalText.Field(e.Identity)}{(e.Source.Length > 0 ? $" source={TerminalText.Field(e.Source)}" : "")}";

    private static string Since(FlowEvent e) => e.From.Length > 0 ? $" since={TerminalText.Field(e.From)}" : "";

    private void Line(string text)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {text}"));
        output.Flush();
    }
}
