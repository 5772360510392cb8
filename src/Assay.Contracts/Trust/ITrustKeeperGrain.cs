namespace Assay.Contracts.Trust;

/// <summary>
/// Keeps one partition of the trust topic: signs its heartbeats and mends what a stalled silo appended late. Keyed by the partition's number, so that the
/// cluster has one; every silo calls it, so that the end of any silo ends nothing.
/// </summary>
[Alias("assay.trust-keeper")]
public interface ITrustKeeperGrain : IGrainWithIntegerKey
{
    /// <summary>Says how far the caller has read the partition; a heartbeat follows where the last one is older than the interval.</summary>
    /// <param name="offset">Next to read: everything below is published.</param>
    /// <param name="heartbeat">Epoch of the last heartbeat that the caller has read; 0 for none.</param>
    [Alias("beat")]
    ValueTask Beat(long offset, long heartbeat);

    /// <summary>
    /// A decision of an older epoch stands after a newer one of its key, and compaction would keep the older: the newer is published again, once an
    /// offset.
    /// </summary>
    /// <param name="newest">The decision of the highest epoch that the caller knows.</param>
    /// <param name="offset">Of the older decision.</param>
    [Alias("regressed")]
    ValueTask Regressed(Decision newest, long offset);
}
