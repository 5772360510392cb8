namespace Assay.Kafka.Tests.Streams;

/// <summary>One event as a subscriber was given it.</summary>
/// <param name="Subscriber">Name and key of the subscriber's grain.</param>
public sealed record Delivery(string Subscriber, string Stream, int Partition, long Offset, object Content);

/// <summary>What subscribers of all silos took, in the order they took it; tests make it refuse.</summary>
public sealed class Deliveries
{
    private readonly Lock _lock = new();
    private readonly List<Delivery> _taken = [];
    private readonly List<Delivery> _refused = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<Delivery, bool> Refuses { get; set; } = _ => false;

    public List<Delivery> Taken
    {
        get
        {
            lock (_lock)
                return [.. _taken];
        }
    }

    public List<Delivery> Refused
    {
        get
        {
            lock (_lock)
                return [.. _refused];
        }
    }

    public Task Take(Delivery delivery)
    {
        var refuse = Refuses(delivery);
        TaskCompletionSource changed;
        lock (_lock)
        {
            (refuse ? _refused : _taken).Add(delivery);
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
        return refuse
            ? throw new InvalidOperationException($"{delivery.Subscriber} refuses {delivery.Stream} {delivery.Partition}/{delivery.Offset}")
            : Task.CompletedTask;
    }

    public async Task Until(Func<Deliveries, bool> condition, string what, int seconds = 90)
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
                throw new TimeoutException($"Not within {seconds} s: {what}. Taken {Taken.Count}, refused {Refused.Count}.");
            }
        }
    }

    /// <summary>Every offset of the stream that the subscriber took, by partition, each once, in the order of its first delivery.</summary>
    public Dictionary<int, List<long>> First(string subscriber, string stream) => Taken
        .Where(d => d.Subscriber.StartsWith(subscriber, StringComparison.Ordinal) && d.Stream == stream)
        .GroupBy(d => d.Partition)
        .ToDictionary(g => g.Key, g => g.Select(d => d.Offset).Distinct().ToList());

    /// <summary>How many different events of the stream the subscriber took.</summary>
    public int Count(string subscriber, string stream) => First(subscriber, stream).Values.Sum(offsets => offsets.Count);
}
