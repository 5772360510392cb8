using System.Collections.Concurrent;

namespace Assay.Kafka.Ingress;

/// <summary>Brings what finished on other threads to the loop's own: calls, acknowledgements, commits. One entry a batch, never one a record.</summary>
internal sealed class LoopQueue : IDisposable
{
    private readonly ConcurrentQueue<Action> _actions = new();
    private readonly ManualResetEventSlim _signal = new();

    public void Post(Action action)
    {
        _actions.Enqueue(action);
        _signal.Set();
    }

    /// <summary>Runs what is there.</summary>
    /// <returns>True when something ran.</returns>
    public bool Run()
    {
        _signal.Reset();
        var any = false;
        while (_actions.TryDequeue(out var action))
        {
            action();
            any = true;
        }

        return any;
    }

    /// <summary>Waits until something is posted, or the time is over.</summary>
    public void Wait(int milliseconds) => _signal.Wait(milliseconds);

    public void Dispose() => _signal.Dispose();
}
