namespace Assay.Host.Replay;

/// <summary>
/// Stands in for Kafka's append time when a file is replayed: the records' own time where they have one, never going back, so that rates
/// mean what they meant; otherwise one fixed moment, on which rates abstain.
/// </summary>
public sealed class ReplayClock
{
    /// <summary>2000-01-01T00:00:00Z, in milliseconds since the Unix epoch.</summary>
    public const long FixedMs = 946_684_800_000;

    /// <summary>A record that claims to be this much later than its predecessor does not move the clock. 400 days.</summary>
    public const long LargestStepMs = 400L * 24 * 3_600 * 1_000;

    private long? _now;

    /// <returns>Milliseconds since the Unix epoch, at least 1.</returns>
    public long Next(DateTimeOffset? eventTime)
    {
        if (eventTime is { } time && time.ToUnixTimeMilliseconds() is > 0 and var ms && (_now is null || ms - _now <= LargestStepMs))
            _now = Math.Max(_now ?? ms, ms);
        return _now ?? FixedMs;
    }
}
