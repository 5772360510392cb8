using System.ComponentModel.DataAnnotations;

namespace Assay.Kafka.Clients;

/// <summary>How every Kafka client of the process connects. Section <c>Kafka</c>.</summary>
public sealed class KafkaOptions
{
    /// <summary>Comma-separated <c>host:port</c>, 1 or more. No default.</summary>
    [Required(AllowEmptyStrings = false)]
    public string BootstrapServers { get; set; } = "";

    /// <summary>Name that brokers log for the process; each client adds its role. Default <c>assay</c>.</summary>
    [Required(AllowEmptyStrings = false), StringLength(200)]
    public string ClientId { get; set; } = "assay";

    /// <summary>Connect by TLS. Default false.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the authority that signed the brokers' certificates. Default: the system's own list.</summary>
    public string? TlsCaFile { get; set; }

    /// <summary><c>PLAIN</c>, <c>SCRAM-SHA-256</c> or <c>SCRAM-SHA-512</c>. Default none: no authentication.</summary>
    [RegularExpression("PLAIN|SCRAM-SHA-256|SCRAM-SHA-512")]
    public string? SaslMechanism { get; set; }

    /// <summary>With <see cref="SaslMechanism"/> only.</summary>
    public string? SaslUser { get; set; }

    /// <summary>With <see cref="SaslMechanism"/> only. Never logged.</summary>
    public string? SaslPassword { get; set; }

    /// <summary>How long a start waits for the first answer of a broker. 1 s to 10 min, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What a reader of the outputs sees after a crash: <c>AtLeastOnce</c> (default), or <c>ExactlyOnce</c> by Kafka's transactions, which needs a real Kafka,
    /// state that outlives the process, and readers that set <c>isolation.level=read_committed</c>.
    /// </summary>
    public DeliveryGuarantee Delivery { get; set; }

    /// <summary>
    /// With <see cref="DeliveryGuarantee.ExactlyOnce"/>: how long a transaction may take before the broker ends it, which is also how long a silo that died keeps
    /// readers and the next owner waiting. At least twice <see cref="Ingress.KafkaIngressOptions.CommitInterval"/>. 5 s to 15 min, default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:15:00")]
    public TimeSpan TransactionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a broker may keep a reader waiting while it has nothing to send. 1 ms to 10 s, default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan FetchWait { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Time between two looks at topics that have not changed as far as is known: how soon partitions that were added are read. 1 s to 1 h, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MetadataInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{BootstrapServers}{(Tls ? " tls" : "")}{(SaslMechanism is null ? "" : $" {SaslMechanism} as {SaslUser}")}";
}
