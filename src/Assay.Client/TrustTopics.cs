using Assay.Contracts.Records;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Contracts.Wire;

namespace Assay.Client;

/// <summary>
/// Reads the messages of Assay's output topics, whatever Kafka client fetched them. Fields and headers that this version does not know are passed
/// over; a message that it cannot understand is refused, and a retrainer that meets one stops rather than guess. Signatures are checked by
/// <see cref="TrustReader"/>.
/// </summary>
public static class TrustTopics
{
    /// <summary>A message of <c>&lt;prefix&gt;.verdicts.v1</c>.</summary>
    /// <exception cref="MessageFormatException">Not a verdict of this major version; the text names the field.</exception>
    public static VerdictMessage ReadVerdict(ReadOnlySpan<byte> value) => VerdictCodec.Read(value);

    /// <summary>A message of <c>&lt;prefix&gt;.trust-decisions.v1</c> or <c>&lt;prefix&gt;.trust-log.v1</c>.</summary>
    /// <returns>The decision, or null for a message of another kind, such as a heartbeat.</returns>
    /// <exception cref="MessageFormatException">
    /// No CloudEvent, or a decision that cannot be understood. An absent value is refused too: distrust is never withdrawn by a tombstone.
    /// </exception>
    public static Decision? ReadDecision(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            throw new MessageFormatException("a tombstone on the trust topic says nothing about trust");
        return CloudEvent.ReadType(value) == CloudEvent.Types.Decision ? TrustCodec.ReadDecision(value) : null;
    }

    /// <summary>A heartbeat of <c>&lt;prefix&gt;.trust-decisions.v1</c>.</summary>
    /// <returns>The heartbeat, or null for a message of another kind.</returns>
    /// <exception cref="MessageFormatException">No CloudEvent, or a heartbeat that cannot be understood.</exception>
    public static TrustHeartbeat? ReadHeartbeat(ReadOnlySpan<byte> value) =>
        CloudEvent.ReadType(value) == CloudEvent.Types.Heartbeat ? TrustCodec.ReadHeartbeat(value) : null;

    /// <summary>A message of <c>&lt;prefix&gt;.recalls.v1</c>.</summary>
    /// <exception cref="MessageFormatException">Not a recall of this major version; the text names the field.</exception>
    public static Recall ReadRecall(ReadOnlySpan<byte> value) => TrustCodec.ReadRecall(value);

    /// <summary>
    /// What Assay says of a record on <c>&lt;prefix&gt;.admitted.v1</c> or <c>&lt;prefix&gt;.held.v1</c>, whose value, key and own headers are the record's.
    /// </summary>
    /// <returns>Null where Assay added no verdict, as for admitted records in <c>enforce</c> and <c>observe</c>.</returns>
    /// <exception cref="MessageFormatException">A header of Assay's cannot be read; the text names it.</exception>
    public static RecordMark? ReadMark(IReadOnlyList<RecordHeader> headers) => new HeaderReader(headers).Mark();

    /// <summary>Why a message lies on <c>&lt;prefix&gt;.dead-letters.v1</c>, and where it was read.</summary>
    /// <exception cref="MessageFormatException">A header is missing or cannot be read; the text names it.</exception>
    public static DeadLetter ReadDeadLetter(IReadOnlyList<RecordHeader> headers)
    {
        var reader = new HeaderReader(headers);
        return new DeadLetter(reader.Origin() ?? throw new MessageFormatException("the message has no __connect.errors.topic header"), reader.Failure());
    }
}
