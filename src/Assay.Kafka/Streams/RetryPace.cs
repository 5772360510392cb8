using Orleans.Runtime.Providers;

namespace Assay.Kafka.Streams;

/// <summary>Waits between two tries of one delivery: 100 ms, then twice as long each time, at most 10 s.</summary>
internal sealed class RetryPace : IMessageDeliveryBackoffProvider
{
    private const int Doublings = 7;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public TimeSpan Next(int attempt) => attempt >= Doublings ? Longest : First * (1 << attempt);
}
