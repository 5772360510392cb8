namespace Assay.Host.Replay;

/// <summary>Wakes whoever waits, and forgets; a waiter takes <see cref="Next"/> before it looks at what it waits for.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Set()
    {
        if (Volatile.Read(ref _next).Task is { IsCompleted: false })
            Interlocked.Exchange(ref _next, New()).TrySetResult();
    }

    /// <summary>Waits until the condition holds, looking again after each <see cref="Set"/>.</summary>
    public async Task Until(Func<bool> condition, CancellationToken cancel)
    {
        while (true)
        {
            var next = Next;
            if (condition())
                return;
            await next.WaitAsync(cancel);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
