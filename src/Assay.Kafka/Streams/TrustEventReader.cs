using Assay.Contracts.Records;
using Assay.Contracts.Trust;
using Assay.Contracts.Wire;

namespace Assay.Kafka.Streams;

/// <summary>Messages of the trust topics as stream events.</summary>
internal static class TrustEventReader
{
    /// <returns>The event, or null for a message of a kind that the stream does not carry, such as a heartbeat.</returns>
    /// <exception cref="MessageFormatException">No decision or recall of this major version.</exception>
    public static TrustEvent? Read(TrustQueue queue, in InputRecord record)
    {
        if (record.Value is not { Length: > 0 } value)
            throw new MessageFormatException("a message without a value says nothing about trust");
        object? content = (queue.Namespace, CloudEvent.ReadType(value)) switch
        {
            (TrustStreams.Decisions, CloudEvent.Types.Decision) => TrustCodec.ReadDecision(value),
            (TrustStreams.Recalls, CloudEvent.Types.Recall) => TrustCodec.ReadRecall(value),
            _ => null,
        };
        return content is null ? null : new TrustEvent(queue.Stream, record.Offset, content);
    }
}
