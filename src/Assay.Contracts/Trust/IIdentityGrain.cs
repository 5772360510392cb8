using Assay.Contracts.Evidence;

namespace Assay.Contracts.Trust;

/// <summary>
/// The standing of one identity: sums the evidence of its shards and decides. Keyed by <see cref="StandingKey"/>'s text. Called rarely: when an
/// identity becomes proven, crosses the floor of evidence, or at checkpoints above it. A decision is durable before it is published; one whose
/// publication was interrupted is published at the next call.
/// </summary>
[Alias("assay.identity")]
public interface IIdentityGrain : IGrainWithStringKey
{
    /// <summary>Takes in what shards report, all of it before anything is decided. Repeated and late reports change nothing.</summary>
    [Alias("report")]
    ValueTask<StandingOutcome> Report(ShardReport[] reports);

    /// <summary>
    /// Takes in what shards report and tells it to the cohorts, but accuses nobody on evidence yet; <see cref="Report"/> must follow. Where many report
    /// at once, all are noted before any is accused, and the order in which they come does not decide who is quarantined before a cohort is contested.
    /// </summary>
    [Alias("note")]
    ValueTask<StandingOutcome> Note(ShardReport[] reports);

    /// <summary>Marks the identity as one of too many suspects of a cohort: nobody of them is accused.</summary>
    [Alias("contest")]
    ValueTask<StandingOutcome> Contest();

    /// <summary>The latest decision, null before the first.</summary>
    [Alias("decision")]
    ValueTask<Decision?> Latest();
}

/// <summary>What came of a call: already durable and acknowledged by Kafka.</summary>
[GenerateSerializer, Immutable, Alias("assay.standing-outcome")]
public sealed record StandingOutcome
{
    public static StandingOutcome Unchanged { get; } = new();

    /// <summary>The changes of standing, in order; those of an earlier call too whose publication was interrupted.</summary>
    [Id(0)] public Decision[] Decisions { get; init; } = [];

    /// <summary>What is taken back, in order.</summary>
    [Id(1)] public Recall[] Recalls { get; init; } = [];

    /// <summary>Identities whose standing the caller must contest (<see cref="IIdentityGrain.Contest"/>), in this order: the cohort's breaker has opened.</summary>
    [Id(2)] public StandingKey[] Contested { get; init; } = [];
}
