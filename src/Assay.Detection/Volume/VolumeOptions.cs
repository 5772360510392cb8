using System.ComponentModel.DataAnnotations;
using Assay.Contracts.Verdicts;

namespace Assay.Detection.Volume;

/// <summary>Settings of the detector <c>volume</c>.</summary>
public sealed class VolumeOptions
{
    /// <summary>
    /// Distinct record ids, and distinct contents, that are remembered at least (at most twice as many); 1,000 to 16 million, default 65,536.
    /// Up to 32 bytes each, taken as they come.
    /// </summary>
    [Range(1_000, 16_000_000)]
    public int WindowRecords { get; set; } = 65_536;

    /// <summary>What happens to a record whose own id was seen before: Hold, Reject, or Admit to leave ids alone. Default Reject.</summary>
    [AllowedValues(VerdictKind.Admit, VerdictKind.Hold, VerdictKind.Reject)]
    public VerdictKind DuplicateVerdict { get; set; } = VerdictKind.Reject;

    /// <summary>Learned records that the usual share of repeats remembers; 100 to 100 million, default 20,000.</summary>
    [Range(100, 100_000_000)]
    public double MemoryRecords { get; set; } = 20_000;

    /// <summary>Half-life, in append time, of what counts as now; 1 second to 1 hour, default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BurstHalfLife { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Half-life, in append time, of the settled rate; 1 minute to 30 days, default 2 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan SettledHalfLife { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Identities whose own rate is followed; 16 to 1 million, default 1,024. About 150 bytes each, taken as they come.</summary>
    [Range(16, 1_000_000)]
    public int MaxIdentities { get; set; } = 1_024;
}
