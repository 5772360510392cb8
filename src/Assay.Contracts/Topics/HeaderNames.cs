namespace Assay.Contracts.Topics;

/// <summary>
/// Names of the headers that Assay adds to a copy of a record. The tools that people use on dead letters know Connect's and Spring's, so both
/// stand beside Assay's own.
/// </summary>
public static class HeaderNames
{
    /// <summary>Says how the value is encoded; <see cref="Wire.CloudEvent.ContentType"/> on messages that Assay makes itself.</summary>
    public const string ContentType = "content-type";

    /// <summary>A verdict's word: admit, hold, reject or dead-letter. UTF-8.</summary>
    public const string Verdict = "assay-verdict";

    /// <summary>The record's score in decimal digits. UTF-8.</summary>
    public const string Score = "assay-score";

    /// <summary>A sentence; the header is repeated for each reason. UTF-8.</summary>
    public const string Reason = "assay-reason";

    /// <summary>Position of the record in the input, and the id of its verdict: <c>topic/partition/offset</c>. UTF-8.</summary>
    public const string Id = "assay-id";

    /// <summary>The rule of the profile, or the limit, that a dead letter broke. UTF-8.</summary>
    public const string Rule = "assay-rule";

    /// <summary>Bytes of the value before it was cut to fit, on dead letters that were cut. UTF-8 digits.</summary>
    public const string ValueSize = "assay-value-size";

    /// <summary>Signatures over the value of a decision, recall or heartbeat: a DSSE envelope without its payload. UTF-8 JSON.</summary>
    public const string Dsse = "assay-dsse";

    /// <summary>Kafka Connect's dead-letter headers (KIP-298); every value is UTF-8 text.</summary>
    public static class Connect
    {
        public const string Topic = "__connect.errors.topic";

        public const string Partition = "__connect.errors.partition";

        public const string Offset = "__connect.errors.offset";

        /// <summary>Where on the path the message was given up: <see cref="Records.ReadFailure.Stages"/>.</summary>
        public const string Stage = "__connect.errors.stage";

        /// <summary>Assay raises no exception for a bad record: here stands <c>assay.</c> and the rule that it broke.</summary>
        public const string ExceptionClass = "__connect.errors.exception.class.name";

        public const string ExceptionMessage = "__connect.errors.exception.message";
    }

    /// <summary>Spring Kafka's dead-letter headers; numbers are big-endian, 4 bytes for the partition and 8 for the rest.</summary>
    public static class Spring
    {
        public const string Topic = "kafka_dlt-original-topic";

        public const string Partition = "kafka_dlt-original-partition";

        public const string Offset = "kafka_dlt-original-offset";

        public const string Timestamp = "kafka_dlt-original-timestamp";
    }
}
