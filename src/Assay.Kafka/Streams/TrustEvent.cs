using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>One decision or recall on its way to subscribers. Its token's number is the Kafka offset.</summary>
[GenerateSerializer, Immutable, Alias("assay.trust-event")]
internal sealed class TrustEvent(StreamId streamId, long offset, object content) : IBatchContainer
{
    [Id(0)]
    public StreamId StreamId { get; } = streamId;

    [Id(1)]
    public long Offset { get; } = offset;

    [Id(2)]
    public object Content { get; } = content;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(Offset);

    /// <exception cref="InvalidCastException">The subscriber asked for another type; an empty answer would be taken for a delivery.</exception>
    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => Content is T wanted
        ? [Tuple.Create(wanted, SequenceToken)]
        : throw new InvalidCastException($"Stream {StreamId} carries {Content.GetType().Name}; the subscriber asked for {typeof(T).Name}.");

    public bool ImportRequestContext() => false;
}
