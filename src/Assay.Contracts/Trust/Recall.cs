namespace Assay.Contracts.Trust;

/// <summary>
/// Takes back records of one identity that were already admitted. A record is recalled when the identity (and the source, where one is named)
/// wrote it, and its position lies in one of <see cref="Ranges"/>. A decision may be followed by several recalls: shards go on admitting until they
/// have applied a quarantine, and what they admitted meanwhile is recalled when they report it.
/// </summary>
[GenerateSerializer, Immutable, Alias("assay.recall")]
public sealed record Recall
{
    [Id(0)] public required string Identity { get; init; }

    /// <summary>The one source that the recall reaches, where the identity is self-asserted; null where it reaches all.</summary>
    [Id(1)] public string? Source { get; init; }

    /// <summary>Epoch of the decision that the recall follows.</summary>
    [Id(2)] public required long Epoch { get; init; }

    /// <summary>Id of the first record recalled; its position where the id is not known.</summary>
    [Id(3)] public required string From { get; init; }

    /// <summary>Id of the last record recalled.</summary>
    [Id(4)] public required string To { get; init; }

    /// <summary>Records recalled, over all ranges.</summary>
    [Id(5)] public required long Records { get; init; }

    /// <summary>One or more a topic-partition.</summary>
    [Id(6)] public required RecallRange[] Ranges { get; init; }

    /// <summary>Ids of the records recalled, in the order in which they were written, where somebody has looked them up; null where the ranges alone say which.</summary>
    [Id(7)] public string[]? Ids { get; init; }

    public StandingKey Key => new(Identity, Source);
}

/// <summary>Offsets of one input partition within which the identity's admitted records are recalled.</summary>
/// <param name="From">First offset.</param>
/// <param name="To">Last offset, included.</param>
[GenerateSerializer, Immutable, Alias("assay.recall-range")]
public readonly record struct RecallRange(
    [property: Id(0)] string Topic,
    [property: Id(1)] int Partition,
    [property: Id(2)] long From,
    [property: Id(3)] long To)
{
    public bool Contains(string topic, int partition, long offset) =>
        partition == Partition && offset >= From && offset <= To && topic == Topic;
}
