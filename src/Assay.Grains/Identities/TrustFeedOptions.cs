using System.ComponentModel.DataAnnotations;

namespace Assay.Grains.Identities;

/// <summary>Bounds of what a silo has to tell to identities and cohorts and could not yet. Section <c>Feed</c>.</summary>
public sealed class TrustFeedOptions
{
    public const string Section = "Feed";

    /// <summary>
    /// Reports that wait at once, one an identity and shard; 1 to 10 million, default 100,000. At the bound the oldest that tells of little evidence makes
    /// room; where there is none, the new one is dropped and comes again with the shard's next.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxReports { get; set; } = 100_000;

    /// <summary>Evidence (M) from which a report is sent before others and is not dropped for them; above 0, default 1,000.</summary>
    [Range(1e-6, 1e12)]
    public double UrgentMass { get; set; } = 1000;

    /// <summary>
    /// Bytes of contributions to cohorts that wait at once; 64 KiB to 8 GiB, default 256 MiB. Beyond it a shard's contribution is dropped, and comes again
    /// with its next.
    /// </summary>
    [Range(64 << 10, 8L << 30)]
    public long MaxContributionBytes { get; set; } = 256L << 20;

    /// <summary>Calls under way at once; 1 to 1,024, default 16.</summary>
    [Range(1, 1024)]
    public int Calls { get; set; } = 16;

    /// <summary>First and longest wait after a failed call. Defaults 250 ms and 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan RetryMin { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc cref="RetryMin"/>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan RetryMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stop waits for what is waiting; what is not sent then comes again from the shards. 0 to 5 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
