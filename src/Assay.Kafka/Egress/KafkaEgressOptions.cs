using System.ComponentModel.DataAnnotations;
using Assay.Contracts.Topics;

namespace Assay.Kafka.Egress;

/// <summary>Which outputs are produced, and how. Section <c>Kafka:Egress</c>.</summary>
public sealed class KafkaEgressOptions
{
    /// <summary>First part of every output topic; one prefix a tenant. Default <c>assay</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string TopicPrefix { get; set; } = TopicNames.DefaultPrefix;

    /// <summary><c>none</c>, <c>gzip</c>, <c>snappy</c>, <c>lz4</c> or <c>zstd</c>. Default <c>zstd</c>.</summary>
    [RegularExpression("none|gzip|snappy|lz4|zstd")]
    public string Compression { get; set; } = "zstd";

    /// <summary>How long a message may wait for others of its batch. 0 to 1 s, default 5 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Bytes handed to the client and not acknowledged; above it no further batch is sent to grains. 64 KiB to 1 GiB, default 32 MiB.</summary>
    [Range(64 * 1_024, 1_024 * 1_024 * 1_024)]
    public int MaxInFlightBytes { get; set; } = 32 * 1_024 * 1_024;

    /// <summary>Largest message that the client accepts; topics may allow less. 1 KiB to 1,000 MB, default 12 MiB.</summary>
    [Range(1_024, 1_000_000_000)]
    public int MaxMessageBytes { get; set; } = 12 * 1_024 * 1_024;

    /// <summary>Bytes of the value that a dead letter keeps of a record too large for it. 0 to 1 MiB, default 64 KiB.</summary>
    [Range(0, 1_024 * 1_024)]
    public int CutBytes { get; set; } = 64 * 1_024;

    /// <summary>Copies of admitted records. Default true.</summary>
    public bool Admitted { get; set; } = true;

    /// <summary>Copies of held records, in datasets that enforce. Default true.</summary>
    public bool Held { get; set; } = true;

    /// <summary>Partitions of an output topic where nothing says otherwise, for <c>assay topics create</c>. 0 = as the widest input. 0 to 10,000, default 0.</summary>
    [Range(0, 10_000)]
    public int Partitions { get; set; }

    /// <summary>Replicas of an output topic, for <c>assay topics create</c>. −1 (default) = the broker's own default.</summary>
    [Range(-1, 100)]
    public short Replicas { get; set; } = -1;
}
