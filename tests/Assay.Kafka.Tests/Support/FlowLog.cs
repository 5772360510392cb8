using Assay.Contracts.Ports;
using Assay.Contracts.Verdicts;

namespace Assay.Kafka.Tests.Support;

/// <summary>Remembers what the flow reported, and lets tests wait for it.</summary>
public sealed class FlowLog : FlowObserver
{
    private readonly Lock _lock = new();
    private readonly HashSet<(string Topic, int Partition, long Offset)> _judged = [];
    private readonly List<string> _events = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int JudgedCount
    {
        get
        {
            lock (_lock)
                return _judged.Count;
        }
    }

    /// <summary>Faults, recoveries, pauses and releases, in order, as <c>kind:area:message</c>.</summary>
    public List<string> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    public Dictionary<int, (long Position, long Committed)> Positions { get; } = [];

    public async Task Until(Func<FlowLog, bool> condition, string what, int seconds = 60)
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            if (condition(this))
                return;
            try
            {
                await changed.WaitAsync(cancel.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not within {seconds} s: {what}. Judged {JudgedCount}. {string.Join(' ', Positions)} {string.Join(" | ", Events)}");
            }
        }
    }

    public override void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts)
    {
        lock (_lock)
        {
            foreach (var verdict in verdicts)
                _judged.Add((topic, partition, verdict.Offset));
        }

        Signal();
    }

    public override void Progress(string topic, int partition, long position, long committed, long end)
    {
        lock (_lock)
            Positions[partition] = (position, committed);
        Signal();
    }

    /// <summary>The group has answered; false once it is left or lost.</summary>
    public bool Joined { get; private set; }

    public override void Member(bool joined)
    {
        Joined = joined;
        Signal();
    }

    public override void Released(string topic, int partition) => Note($"released:{topic}:{partition}");

    public override void TopicPaused(string topic, string rule, string message) => Note($"paused:{rule}:{message}");

    public override void PartitionStopped(string topic, int partition, string reason, string message) => Note($"stopped:{partition}:{reason}:{message}");

    public override void PartitionResumed(string topic, int partition) => Note($"resumed:{partition}:");

    public override void Fault(string area, string message) => Note($"fault:{area}:{message}");

    public override void Recovered(string area) => Note($"recovered:{area}:");

    /// <summary>Something that a test noticed itself.</summary>
    public void Note(string text)
    {
        lock (_lock)
            _events.Add(text);
        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_lock)
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        changed.SetResult();
    }
}
