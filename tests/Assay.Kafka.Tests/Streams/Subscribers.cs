using Assay.Contracts.Trust;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Assay.Kafka.Tests.Streams;

public interface IPartitionSubscriber : IGrainWithIntegerKey;

public interface IFeedSubscriber : IGrainWithStringKey;

/// <summary>Gets decisions, one grain a partition.</summary>
[ImplicitStreamSubscription(TrustStreams.Decisions), GrainType("partition-subscriber")]
public sealed class PartitionSubscriber(Deliveries deliveries) : Grain, IPartitionSubscriber, IStreamSubscriptionObserver
{
    public const string Name = "partition";

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<Decision>().ResumeAsync(new Subscriber<Decision>($"{Name}/{this.GetPrimaryKeyLong()}", handleFactory.StreamId, deliveries));
}

/// <summary>Gets decisions and recalls of all partitions in one grain.</summary>
[ImplicitStreamSubscription(TrustStreams.Decisions, TrustStreams.OneGrain), ImplicitStreamSubscription(TrustStreams.Recalls, TrustStreams.OneGrain)]
[GrainType("feed-subscriber")]
public sealed class FeedSubscriber(Deliveries deliveries) : Grain, IFeedSubscriber, IStreamSubscriptionObserver
{
    public const string Name = "feed";

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.StreamId.GetNamespace() == TrustStreams.Decisions
        ? handleFactory.Create<Decision>().ResumeAsync(new Subscriber<Decision>($"{Name}/{this.GetPrimaryKeyString()}", handleFactory.StreamId, deliveries))
        : handleFactory.Create<Recall>().ResumeAsync(new Subscriber<Recall>($"{Name}/{this.GetPrimaryKeyString()}", handleFactory.StreamId, deliveries));
}

internal sealed class Subscriber<T>(string name, StreamId stream, Deliveries deliveries) : IAsyncObserver<T> where T : class
{
    public Task OnNextAsync(T item, StreamSequenceToken? token = null) =>
        deliveries.Take(new Delivery(name, stream.GetNamespace()!, int.Parse(stream.GetKeyAsString()), token!.SequenceNumber, item));

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
