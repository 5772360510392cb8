using System.ComponentModel.DataAnnotations;

namespace Assay.Kafka.Streams;

/// <summary>How decisions and recalls are fanned out to grains. Section <c>Kafka:Streams</c>.</summary>
public sealed class TrustStreamOptions
{
    /// <summary>
    /// How long an event that a subscriber refuses is tried again, before it is recorded as given up and the subscriber gets the next one. 1 s to 1 h,
    /// default 5 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DeliveryTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Events of one partition that wait for its slowest subscriber before reading pauses. Half of it is the most that a subscriber may leave waiting
    /// while it refuses what it gets. 16 to 65,536, default 4,096.
    /// </summary>
    [Range(16, 65_536)]
    public int Window { get; set; } = 4_096;

    /// <summary>Time between two looks at a partition. 10 ms to 10 s, default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Shortest time between two checkpoints of a partition; what was delivered since the last one is delivered again after a crash. 100 ms to 10 min,
    /// default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(5);
}
