using System.ComponentModel.DataAnnotations;

namespace Assay.Trust.Records;

/// <summary>How single records are judged on their own evidence.</summary>
public sealed class RecordPolicyOptions
{
    public const string Section = "Records";

    /// <summary>Share of a shard's records that statistics may hold. Between 0 (never) and 0.1; default 0.005.</summary>
    [Range(0, 0.1)]
    public double HoldBudget { get; set; } = 0.005;

    /// <summary>
    /// Records after which a score counts half in what is usual; 100 to 10 million, default 20,000. It also bounds a burst: at most about
    /// <see cref="HoldBudget"/> × 1.44 × this many records in a row are held before the oddity has become usual.
    /// </summary>
    [Range(100, 10_000_000)]
    public double HalfLife { get; set; } = 20_000;

    /// <summary>A score below this is never held however rare it is in its shard, in decimal digits of rarity; 0 to 100, default 2.3 (1 in 200).</summary>
    [Range(0, 100)]
    public double MinimumScore { get; set; } = 2.3;
}
