using System.Diagnostics.CodeAnalysis;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Contracts.Wire;

namespace Assay.Client;

/// <summary>
/// Reads decisions, recalls and heartbeats and believes none that is not signed with an accepted key, as <see cref="TrustTopics"/> reads them without
/// asking. The key of a message must be that of its content, or whoever may write to the topic could hide a decision by compaction. Safe for
/// several threads.
/// </summary>
public sealed class TrustReader(TrustVerifier verifier)
{
    /// <param name="topic">Where the message lies, for the exception.</param>
    /// <exception cref="UntrustedMessageException">Unsigned, badly signed, or not understood.</exception>
    public TrustEvent Read(string topic, int partition, in InputRecord message) =>
        TryRead(partition, message, out var read, out var refusal) ? read : throw new UntrustedMessageException(topic, partition, message.Offset, refusal);

    /// <summary>As <see cref="Read"/>, where refusals are counted rather than thrown.</summary>
    public bool TryRead(
        int partition, in InputRecord message, [NotNullWhen(true)] out TrustEvent? read, [NotNullWhen(false)] out TrustRefusal? refusal)
    {
        read = null;
        refusal = Refuse(message);
        if (refusal is not null)
            return false;
        try
        {
            var (content, key) = Content(message.Value);
            if (key is not null && !message.Key.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(key)))
                refusal = Unreadable($"the message's key is not {key}, as its content says");
            else if (content.Heartbeat is { } heartbeat && heartbeat.Partition != partition)
                refusal = Unreadable($"the heartbeat of partition {heartbeat.Partition} lies in partition {partition}");
            else
                read = content;
        }
        catch (MessageFormatException e)
        {
            refusal = Unreadable(e.Message);
        }

        return read is not null;
    }

    private TrustRefusal? Refuse(in InputRecord message)
    {
        if (message.Value is not { Length: > 0 })
            return new TrustRefusal(TrustProblem.Unsigned, "a tombstone says nothing about trust");
        var check = verifier.CheckMessage(message.Value, message.Header(HeaderNames.Dsse));
        return check.State switch
        {
            SignatureState.Good => null,
            SignatureState.Unsigned => new TrustRefusal(TrustProblem.Unsigned, check.Reason!),
            _ => new TrustRefusal(TrustProblem.BadSignature, check.Reason!),
        };
    }

    private static (TrustEvent Content, string? Key) Content(byte[]? value)
    {
        var type = CloudEvent.ReadType(value);
        var read = new TrustEvent(type);
        switch (type)
        {
            case CloudEvent.Types.Decision:
                var decision = TrustCodec.ReadDecision(value);
                return (read with { Decision = decision }, decision.Key.ToString());
            case CloudEvent.Types.Recall:
                var recall = TrustCodec.ReadRecall(value);
                return (read with { Recall = recall }, recall.Key.ToString());
            case CloudEvent.Types.Heartbeat:
                var heartbeat = TrustCodec.ReadHeartbeat(value);
                return (read with { Heartbeat = heartbeat }, heartbeat.Key);
            default:
                return (read, null);
        }
    }

    private static TrustRefusal Unreadable(string reason) => new(TrustProblem.Unreadable, reason);
}
