using System.ComponentModel.DataAnnotations;

namespace Assay.Detection.Reference;

/// <summary>How a cohort's label reference learns (DETECTION §2a, step 1).</summary>
public sealed class LabelReferenceOptions
{
    public const string Section = "LabelReference";

    /// <summary>Models, each of which leaves one group of owners out; 2 to 16, default 4.</summary>
    [Range(2, 16)]
    public int Folds { get; set; } = 4;

    /// <summary>Two to this power hashed weights a fold; 10 to 20, default 15.</summary>
    [Range(10, 20)]
    public int Bits { get; set; } = 15;

    /// <summary>AdaGrad's step; above 0 to 1, default 0.5.</summary>
    [Range(1e-4, 1)]
    public double Rate { get; set; } = 0.5;

    /// <summary>Step of the intercept, which must follow drift; above 0 to 1, default 0.01.</summary>
    [Range(1e-5, 1)]
    public double InterceptRate { get; set; } = 0.01;

    /// <summary>Records of a slice over which its weight is averaged; 10 to 1 million, default 2,000.</summary>
    [Range(10, 1_000_000)]
    public int Averaging { get; set; } = 2000;

    /// <summary>Highest share of a fold's training weight that one owner may have, where there are enough owners; above 0 to 1, default 0.25.</summary>
    [Range(0.01, 1)]
    public double OwnerCap { get; set; } = 0.25;

    /// <summary>Cohort records over which an owner's volume and the common shift are remembered; 100 to 1 million, default 1,000.</summary>
    [Range(100, 1_000_000)]
    public double ShiftWindow { get; set; } = 1000;

    /// <summary>Owners whose volume and shift are kept; 4 to 1 million, default 10,000. Records of owners beyond it are not learned from.</summary>
    [Range(4, 1_000_000)]
    public int MaxOwners { get; set; } = 10_000;
}
