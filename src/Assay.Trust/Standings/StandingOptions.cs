using System.ComponentModel.DataAnnotations;

namespace Assay.Trust.Standings;

/// <summary>When evidence changes a standing. All shares are of <see cref="CleanRecordsPerFalseQuarantine"/> unless said otherwise.</summary>
public sealed class StandingOptions : IValidatableObject
{
    public const string Section = "Standing";

    /// <summary>A: at most about one false quarantine in so many clean records over the fleet; 100 to 10^12, default 100,000.</summary>
    [Range(100, 1e12)]
    public double CleanRecordsPerFalseQuarantine { get; set; } = 1e5;

    /// <summary>M from which an identity is watched; 0.001 to 1, default 0.1.</summary>
    [Range(0.001, 1)]
    public double WatchShare { get; set; } = 0.1;

    /// <summary>M below which a watched identity is on its way back; 0.0001 to 1 and at most <see cref="WatchShare"/>, default 0.01.</summary>
    [Range(0.0001, 1)]
    public double ClearShare { get; set; } = 0.01;

    /// <summary>Records in a row below <see cref="ClearShare"/> before a watched identity is trusted again; 1 to 10 million, default 1,000.</summary>
    [Range(1, 10_000_000)]
    public long ClearRecords { get; set; } = 1000;

    /// <summary>Records for which an identity is watched after a person has released it; 0 to 10 million, default 5,000.</summary>
    [Range(0, 10_000_000)]
    public long ProbationRecords { get; set; } = 5000;

    /// <summary>Monitored records before an identity is proven; 0 to 10 million, default 300.</summary>
    [Range(0, 10_000_000)]
    public long ProvenRecords { get; set; } = 300;

    /// <summary>Share of a cohort's identities or traffic that may be under suspicion when one of them is quarantined; above 0 to 1, default 0.25.</summary>
    [Range(0.01, 1)]
    public double BreakerShare { get; set; } = 0.25;

    /// <summary>Identities under suspicion below which the breaker never opens, but that half of a small cohort is enough; 2 to 1,000, default 3.</summary>
    [Range(2, 1000)]
    public int BreakerMinimum { get; set; } = 3;

    /// <summary>
    /// Cohort records within which suspicions count as "at once"; 100 to 100 million, default 5,000. Clean identities come under suspicion up to once in
    /// <see cref="WatchShare"/> × A records: the window should be well below that.
    /// </summary>
    [Range(100, 100_000_000)]
    public long BreakerWindow { get; set; } = 5000;

    /// <summary>
    /// Decisions about identities that nobody distrusts which each silo keeps, the first that came; 0 to 100 million, default 1 million. A trusted identity
    /// beyond it is treated as unproven. Every distrust is kept.
    /// </summary>
    [Range(0, 100_000_000)]
    public int MaxTrustedKept { get; set; } = 1_000_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClearShare > WatchShare)
        {
            yield return new ValidationResult(
                $"must be at most WatchShare ({WatchShare}), or an identity would be on its way back while it is still watched.", [nameof(ClearShare)]);
        }
    }

    /// <summary>A²: M from which the evidence against a quarantined identity tells the subject it is about from those that resemble it.</summary>
    public double CertainMass() => CleanRecordsPerFalseQuarantine * CleanRecordsPerFalseQuarantine;

    internal double Watch => WatchShare * CleanRecordsPerFalseQuarantine;

    internal double Clear => ClearShare * CleanRecordsPerFalseQuarantine;
}
