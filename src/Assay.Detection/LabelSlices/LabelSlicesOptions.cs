using System.ComponentModel.DataAnnotations;

namespace Assay.Detection.LabelSlices;

/// <summary>Settings of <c>label-slices</c>. The defaults are the ones that the published figures were measured with.</summary>
public sealed class LabelSlicesOptions
{
    /// <summary>A writer's own records before anything is said of it; 0 to 1 million, default 300.</summary>
    [Range(0, 1_000_000)]
    public int MinOwnRecords { get; set; } = 300;

    /// <summary>Records of the cohort before anything is said of anybody; 0 to 10 million, default 4,000.</summary>
    [Range(0, 10_000_000)]
    public int MinCohortRecords { get; set; } = 4000;

    /// <summary>A writer's own records in a slice before anything is said of the slice; 1 to 1 million, default 20.</summary>
    [Range(1, 1_000_000)]
    public int MinSliceRecords { get; set; } = 20;

    /// <summary>A writer's own labels, in the slice, of the kind that would be flipped; 1 to 1 million, default 20.</summary>
    [Range(1, 1_000_000)]
    public int MinSliceLabels { get; set; } = 20;

    /// <summary>Prior standard deviation, in log odds, of a writer's honest difference in a slice; 0.01 to 5, default 0.2.</summary>
    [Range(0.01, 5)]
    public double SlicePrior { get; set; } = 0.2;

    /// <summary>
    /// Information (Σ p(1−p), the prior's included) beyond which the null forgets, so that it goes on learning; 20 to 100,000, default 150.
    /// </summary>
    [Range(20, 100_000)]
    public double NullMemory { get; set; } = 150;

    /// <summary>The same where the cohort is large enough to tell a common shift from a writer's own; 20 to 100,000, default 300.</summary>
    [Range(20, 100_000)]
    public double NullMemoryWithShift { get; set; } = 300;

    /// <summary>Standard errors by which the mean past score must exceed 0 before e-values are shrunk for it, with peers; 0 to 3, default 0.5.</summary>
    [Range(0, 3)]
    public double ShapeMargin { get; set; } = 0.5;

    /// <summary>Probabilities are kept this far from 0 and 1; 0.0001 to 0.1, default 0.002.</summary>
    [Range(1e-4, 0.1)]
    public double MinProbability { get; set; } = 0.002;

    /// <summary>Slices of a record that are looked at, the first in message order; 1 to 256, default 63 (and the slice of all records).</summary>
    [Range(1, 256)]
    public int MaxColumns { get; set; } = 63;

    /// <summary>Slices kept for a writer, the first that came; 16 to 100,000, default 1,024. Others are not monitored.</summary>
    [Range(16, 100_000)]
    public int MaxSlices { get; set; } = 1024;

    /// <summary>Slices kept in a shard over all its writers, 1,000 to 100 million, default 250,000 (about 25 MB).</summary>
    [Range(1000, 100_000_000)]
    public int MaxShardSlices { get; set; } = 250_000;

    /// <summary>Examples kept until the cohort's view has them, the latest; 0 to 1 million, default 4,096.</summary>
    [Range(0, 1_000_000)]
    public int MaxPending { get; set; } = 4096;
}
