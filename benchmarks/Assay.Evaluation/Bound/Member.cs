using Assay.Contracts.Trust;
using Assay.Trust.Standings;

namespace Assay.Evaluation.Bound;

/// <summary>One identity: its standing, and what each shard has reported and applied.</summary>
internal sealed class Member(string identity, int shards)
{
    public StandingState State { get; } = new(new StandingKey(identity));

    public int Quarantines { get; set; }

    /// <summary>M as each shard last reported it.</summary>
    public double[] Reported { get; } = new double[shards];

    /// <summary>Records of the identity in each shard since its last report.</summary>
    public int[] Unreported { get; } = new int[shards];

    public long[] SeenEpoch { get; } = new long[shards];

    /// <summary>Records of the fleet at which each shard applies <see cref="StandingState.Epoch"/>; the end of time where it has.</summary>
    public long[] AppliesAt { get; } = [.. Enumerable.Repeat(long.MaxValue, shards)];
}
