using Assay.Contracts.Trust;

namespace Assay.Contracts.Cohorts;

/// <summary>The writers of one dataset as a whole. Keyed by the dataset's name.</summary>
[Alias("assay.cohort")]
public interface ICohortGrain : IGrainWithStringKey
{
    /// <summary>Merges what a shard has gathered. Absolute and versioned: repeats and losses are harmless.</summary>
    [Alias("contribute")]
    ValueTask Contribute(CohortContribution contribution);

    /// <summary>Makes the next view durable and hands it out; null where nothing has changed since the last.</summary>
    [Alias("publish")]
    ValueTask<CohortView?> Publish();

    /// <summary>Notes the evidence against an identity, whenever it is reported.</summary>
    /// <param name="records">Records of the identity.</param>
    /// <returns>True where the identity is one of the suspects of a contested cohort.</returns>
    [Alias("note")]
    ValueTask<bool> Note(StandingKey key, double mass, long records);

    /// <summary>Asks whether an identity may be quarantined on the evidence (the breaker).</summary>
    [Alias("allow")]
    ValueTask<BreakerAnswer> Allow(StandingKey key, long records);
}

/// <param name="Allowed">False where too much of the cohort would be quarantined at once: it is contested, and everyone in <paramref name="Suspects"/> with it.</param>
[GenerateSerializer, Immutable, Alias("assay.breaker-answer")]
public sealed record BreakerAnswer([property: Id(0)] bool Allowed, [property: Id(1)] StandingKey[] Suspects);
