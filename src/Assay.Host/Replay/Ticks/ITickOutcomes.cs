using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;

namespace Assay.Host.Replay.Ticks;

/// <summary>Takes down what ticks lead to, in the order in which it came to be. One call at a time.</summary>
internal interface ITickOutcomes
{
    /// <summary>What the shards report of an identity, before it decides.</summary>
    void Reported(StandingKey key, IReadOnlyList<ShardReport> reports);

    /// <summary>What came of it.</summary>
    /// <returns>The decisions as the shards are to act on, and speak of, them.</returns>
    ValueTask<IReadOnlyList<Decision>> Take(StandingKey key, StandingOutcome outcome);

    /// <summary>The view that the next tick is scored with.</summary>
    void Renewed(CohortView view);
}
