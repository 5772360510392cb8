using Assay.Contracts.Ports;
using Assay.Contracts.Verdicts;

namespace Assay.Benchmarks;

/// <summary>
/// Completes when every record has an acknowledged verdict, and notes the memory of the process at each tenth of the way. One ingress loop at a time.
/// </summary>
internal sealed class VerdictCounter(long records) : FlowObserver
{
    private const int Parts = 10;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<MemorySample> _memory = [];
    private long _judged;

    public Task Done => _done.Task;

    /// <summary>One sample a tenth; complete once <see cref="Done"/> is.</summary>
    public IReadOnlyList<MemorySample> Memory => _memory;

    public override void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts)
    {
        _judged += verdicts.Count;
        if (_judged >= (_memory.Count + 1) * records / Parts && _memory.Count < Parts)
            _memory.Add(MemorySample.Take(_judged));
        if (_judged >= records)
            _done.TrySetResult();
    }

    public override void TopicPaused(string topic, string rule, string message) => _done.TrySetException(new InvalidOperationException(message));

    public override void Fault(string area, string message) => Console.Error.WriteLine($"{area}: {message}");

    public override void Recovered(string area) => Console.Error.WriteLine($"{area}: works again");
}
