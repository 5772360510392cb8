using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Confluent.Kafka;

namespace Assay.Kafka.Egress;

/// <summary>The headers of a copy: those of the record, and behind them what Assay adds (<see cref="ReasonHeaders"/>).</summary>
internal static class OutputHeaders
{
    public static Headers Marked(in InputRecord record, string topic, int partition, Verdict verdict)
    {
        var headers = KafkaMessages.Headers(record.Headers) ?? [];
        ReasonHeaders.AddVerdict(headers.Add, topic, partition, verdict);
        return headers;
    }

    public static Headers Held(in InputRecord record, string topic, int partition, Verdict verdict)
    {
        var headers = Marked(record, topic, partition, verdict);
        ReasonHeaders.AddOrigin(headers.Add, topic, partition, record.Offset, record.AppendTimeMs);
        return headers;
    }

    /// <param name="bare">Leaves the record's own headers out, where they are what does not fit.</param>
    public static Headers DeadLetter(in InputRecord record, bool bare, string topic, int partition, ReadFailure failure)
    {
        var headers = (bare ? null : KafkaMessages.Headers(record.Headers)) ?? [];
        ReasonHeaders.AddOrigin(headers.Add, topic, partition, record.Offset, record.AppendTimeMs);
        ReasonHeaders.AddFailure(headers.Add, failure);
        return headers;
    }
}
