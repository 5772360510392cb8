namespace Assay.Contracts.Trust;

/// <summary>
/// Names of the Orleans streams that carry decisions and recalls to grains. One stream a Kafka partition: its key is the partition's number, and all
/// events about one standing's key come through one stream, in order, each at least once.
/// </summary>
public static class TrustStreams
{
    /// <summary>Name of the stream provider, and of the grain storage that keeps how far its streams were delivered.</summary>
    public const string Provider = "trust";

    /// <summary>Namespace of the streams of <see cref="Decision"/>.</summary>
    public const string Decisions = "decisions";

    /// <summary>Namespace of the streams of <see cref="Recall"/>.</summary>
    public const string Recalls = "recalls";

    /// <summary>
    /// Name of the stream id mapper that brings all partitions to one grain, whose key is <see cref="OneGrainKey"/>. Without it a subscriber has one
    /// grain a partition.
    /// </summary>
    public const string OneGrain = "assay.one-grain";

    /// <summary>Key of a subscriber that uses <see cref="OneGrain"/>.</summary>
    public const string OneGrainKey = "all";
}
