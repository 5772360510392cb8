using System.Globalization;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Confluent.Kafka;

namespace Assay.Kafka.Egress;

/// <summary>
/// Headers that Assay adds behind those of the record. Dead letters carry Kafka Connect's and Spring's families (STANDARDS.md), so that existing tools
/// read them.
/// </summary>
public static class OutputHeaders
{
    /// <summary><c>admit</c>, <c>hold</c> or <c>reject</c>.</summary>
    public const string Verdict = "assay-verdict";

    /// <summary>The verdict's score, invariant decimal.</summary>
    public const string Score = "assay-score";

    /// <summary>A sentence; one header each.</summary>
    public const string Reason = "assay-reason";

    /// <summary>Id of the verdict: <c>topic/partition/offset</c>.</summary>
    public const string Id = "assay-id";

    /// <summary>Bytes of the value before it was cut.</summary>
    public const string ValueSize = "assay-value-size";

    /// <summary>The rule of the profile, or the limit, that a dead letter broke.</summary>
    public const string Rule = "assay-rule";

    internal static Headers Marked(RecordHeader[]? original, string topic, int partition, Verdict verdict)
    {
        var headers = KafkaMessages.Headers(original) ?? [];
        headers.Add(Verdict, Bytes(verdict.Kind.Name()));
        headers.Add(Score, Bytes(verdict.Score.ToString("G6", CultureInfo.InvariantCulture)));
        foreach (var reason in verdict.Reasons)
            headers.Add(Reason, Bytes(reason));
        headers.Add(Id, Bytes(string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}/{verdict.Offset}")));
        return headers;
    }

    internal static Headers DeadLetter(RecordHeader[]? original, string topic, int partition, long offset, ReadFailure failure)
    {
        var headers = KafkaMessages.Headers(original) ?? [];
        var partitionText = Bytes(partition.ToString(CultureInfo.InvariantCulture));
        var offsetText = Bytes(offset.ToString(CultureInfo.InvariantCulture));
        headers.Add("__connect.errors.topic", Bytes(topic));
        headers.Add("__connect.errors.partition", partitionText);
        headers.Add("__connect.errors.offset", offsetText);
        headers.Add("__connect.errors.stage", Bytes(failure.Stage));
        headers.Add("__connect.errors.exception.class.name", Bytes(typeof(ReadFailure).FullName!));
        headers.Add("__connect.errors.exception.message", Bytes(failure.Reason));
        headers.Add("kafka_dlt-original-topic", Bytes(topic));
        headers.Add("kafka_dlt-original-partition", partitionText);
        headers.Add("kafka_dlt-original-offset", offsetText);
        headers.Add(Rule, Bytes(failure.Rule));
        return headers;
    }

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
