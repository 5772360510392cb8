namespace Assay.Kafka.Ingress;

/// <summary>Takes a safeguard out, or the process down, so that tests can show that they would notice. Nothing else sets them.</summary>
internal sealed record IngressSwitches
{
    /// <summary>A gap is taken for an applied batch.</summary>
    public bool IgnoreGaps { get; init; }

    /// <summary>A new owner does not read the verdicts that stand.</summary>
    public bool SkipReadBack { get; init; }

    /// <summary>The grains of a partition that moves stay where they are, as if their release had not reached them.</summary>
    public bool KeepGrains { get; init; }

    /// <summary>A stop drains nothing and commits nothing, as if the process had died.</summary>
    public bool Abandon { get; set; }

    /// <summary>Sees every commit before it is sent.</summary>
    public Action<Confluent.Kafka.TopicPartitionOffset>? Committing { get; init; }

    /// <summary>Sees every passage of a gap; on any thread.</summary>
    public Action<Failpoint>? Passing { get; init; }
}
