using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>
/// Learns from Orleans which subscriber refused an event. Whether the event is given up is not decided here: Orleans also calls when it shuts down in
/// the middle of a delivery, and then the next owner delivers it. The window knows, when the subscriber's cursor moves on.
/// </summary>
internal sealed class RefusalHandler(TrustQueue queue, Func<QueueWindow> window, TrustStreamFaults faults) : IStreamFailureHandler
{
    public bool ShouldFaultSubsriptionOnError => false;

    public Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        if (sequenceToken is not null)
            window().Refused(subscriptionId.Guid, sequenceToken.SequenceNumber);
        return Task.CompletedTask;
    }

    public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        faults.NotReached(queue, subscriptionId.Guid);
        return Task.CompletedTask;
    }
}
