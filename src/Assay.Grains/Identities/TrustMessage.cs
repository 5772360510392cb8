using Assay.Contracts.Ports;
using Assay.Contracts.Trust;

namespace Assay.Grains.Identities;

/// <summary>A decision or a recall on its way to Kafka.</summary>
internal abstract record TrustMessage
{
    public abstract Task Publish(ITrustPublisher publisher, CancellationToken cancellation);

    public sealed record OfDecision(Decision Decision) : TrustMessage
    {
        public override Task Publish(ITrustPublisher publisher, CancellationToken cancellation) => publisher.Publish(Decision, cancellation);
    }

    public sealed record OfRecall(Recall Recall) : TrustMessage
    {
        public override Task Publish(ITrustPublisher publisher, CancellationToken cancellation) => publisher.Publish(Recall, cancellation);
    }
}
