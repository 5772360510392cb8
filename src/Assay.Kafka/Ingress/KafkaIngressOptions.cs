using System.ComponentModel.DataAnnotations;

namespace Assay.Kafka.Ingress;

/// <summary>How input topics are read. Section <c>Kafka:Ingress</c>.</summary>
public sealed class KafkaIngressOptions
{
    /// <summary>Consumer group; all silos of a cluster share it. Default <c>assay</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Group { get; set; } = "assay";

    /// <summary>Input topics, 1 or more, each with a mapping profile.</summary>
    [Required, MinLength(1)]
    public IList<string> Topics { get; } = [];

    /// <summary>Records taken from the client between two looks at results. 1 to 100,000, default 2,000.</summary>
    [Range(1, 100_000)]
    public int PollBatch { get; set; } = 2_000;

    /// <summary>Records in one call of a source grain. 1 to 100,000, default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxBatchRecords { get; set; } = 1_000;

    /// <summary>Bytes in one call of a source grain; a single larger record goes alone. 1 KiB to 64 MiB, default 1 MiB.</summary>
    [Range(1_024, 64 * 1_024 * 1_024)]
    public int MaxBatchBytes { get; set; } = 1_024 * 1_024;

    /// <summary>Bytes of a partition that are queued or in flight before it is paused; it goes on at half of them. 1 KiB to 1 GiB, default 4 MiB.</summary>
    [Range(1_024, 1_024 * 1_024 * 1_024)]
    public int PartitionBytes { get; set; } = 4 * 1_024 * 1_024;

    /// <summary>
    /// Sources of a partition with a shard of their own, first come first served as long as the state lives. 1 to 10 million, default 20,000. Records of
    /// further sources are judged together in the shard <c>(other sources)</c>: none is lost, but these sources are not told apart.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxSources { get; set; } = 20_000;

    /// <summary>Longest time that an applied record waits for its checkpoint; also the most work that is done again after a crash. 100 ms to 10 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Records of one shard since its checkpoint that force the next. 1 to 10 million, default 50,000.</summary>
    [Range(1, 10_000_000)]
    public int CheckpointRecords { get; set; } = 50_000;

    /// <summary>Bytes of one shard since its checkpoint that force the next. 1 KiB to 1 GiB, default 32 MiB.</summary>
    [Range(1_024, 1_024 * 1_024 * 1_024)]
    public int CheckpointBytes { get; set; } = 32 * 1_024 * 1_024;

    /// <summary>Checkpoints running at once in a silo. 1 to 1,024, default 16.</summary>
    [Range(1, 1_024)]
    public int MaxCheckpoints { get; set; } = 16;

    /// <summary>Time between two offset commits, where there is something to commit. 10 ms to 10 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time that a revoke or a stop waits for what is in flight; what is not done then is done again by the next owner. 100 ms to 5 min, default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>First and longest wait after an infrastructure error. Defaults 250 ms and 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan RetryMin { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc cref="RetryMin"/>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan RetryMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Newest records of a topic over which dead letters are counted. 10 to 1 million, default 1,000.</summary>
    [Range(10, 1_000_000)]
    public int DeadLetterWindow { get; set; } = 1_000;

    /// <summary>Share of dead letters in the window that pauses the topic. 0 to 1, default 0.5; 0 = never.</summary>
    [Range(0.0, 1.0)]
    public double DeadLetterShare { get; set; } = 0.5;

    /// <summary>
    /// Whether the state of sources outlives the process. False (default): a start reads the input from the beginning of retention and rebuilds
    /// state, producing nothing that stands already. True: it goes on from the committed offset.
    /// </summary>
    public bool DurableState { get; set; }

    /// <summary>Time without a heartbeat after which the group gives the partitions away. 1 s to 30 min, default 45 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromSeconds(45);
}
