using Assay.Contracts.Trust;

namespace Assay.Client;

/// <summary>
/// Whether what is known of the trust topic still holds, by its heartbeats. Fails closed: a partition without a heartbeat is stale, and so is one
/// whose newest heartbeat is past its time. Give it verified heartbeats, in the order in which the partition is read from its beginning, so that a
/// heartbeat's decisions have been read before it. Not safe for several threads.
/// </summary>
public sealed class TrustFreshness
{
    private readonly TrustHeartbeat?[] _newest;

    /// <param name="partitions">Partitions of the trust topic, 1 or more.</param>
    public TrustFreshness(int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        _newest = new TrustHeartbeat?[partitions];
    }

    public int Partitions => _newest.Length;

    /// <returns>
    /// True where the heartbeat is newer than what was known; false for one of an older or equal epoch, such as one that somebody repeats, and for a
    /// partition that the topic did not have.
    /// </returns>
    public bool Apply(TrustHeartbeat heartbeat)
    {
        if (heartbeat.Partition < 0 || heartbeat.Partition >= _newest.Length || _newest[heartbeat.Partition]?.Epoch >= heartbeat.Epoch)
            return false;
        _newest[heartbeat.Partition] = heartbeat;
        return true;
    }

    /// <summary>Whether decisions of one partition may be missing at an instant.</summary>
    /// <param name="now">By a clock that runs with that of the cluster.</param>
    public bool IsStale(int partition, DateTimeOffset now) =>
        partition < 0 || partition >= _newest.Length || !(_newest[partition]?.ValidUntil >= now);

    /// <summary>Whether decisions about an identity's records from a source may be missing: those that hold everywhere or those for the source.</summary>
    /// <inheritdoc cref="IsStale(int, DateTimeOffset)" path="/param[@name='now']"/>
    public bool IsStale(string identity, string source, DateTimeOffset now) =>
        IsStale(TrustPartition.Of(new StandingKey(identity), Partitions), now) || IsStale(TrustPartition.Of(new StandingKey(identity, source), Partitions), now);

    /// <summary>Whether decisions of any partition may be missing.</summary>
    /// <inheritdoc cref="IsStale(int, DateTimeOffset)" path="/param[@name='now']"/>
    public bool IsStale(DateTimeOffset now) => Enumerable.Range(0, Partitions).Any(p => IsStale(p, now));
}
