using Assay.Contracts.Trust;

namespace Assay.Contracts.Ports;

/// <summary>
/// Signs decisions, recalls and heartbeats and publishes them. A call completes when Kafka has acknowledged every message of it (all in-sync
/// replicas); whatever fails is tried again for ever, and the observer is told once. A message may appear twice, equal to the byte. Whoever awaits
/// each decision about a key before publishing the next has them in that order on the topics; calls made at once have none. Safe for several callers.
/// </summary>
public interface ITrustPublisher
{
    /// <summary>On trust-decisions and on trust-log, in the partition that <see cref="TrustPartition"/> gives its key.</summary>
    /// <exception cref="OperationCanceledException">The caller waits no longer, or the program stops; the message may be published all the same.</exception>
    Task Publish(Decision decision, CancellationToken cancellation);

    /// <summary>On recalls, in the partition of its key.</summary>
    /// <inheritdoc cref="Publish(Decision, CancellationToken)" path="/exception"/>
    Task Publish(Recall recall, CancellationToken cancellation);

    /// <summary>On trust-decisions, in the partition that it is about.</summary>
    /// <inheritdoc cref="Publish(Decision, CancellationToken)" path="/exception"/>
    Task Publish(TrustHeartbeat heartbeat, CancellationToken cancellation);
}
