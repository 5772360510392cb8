namespace Assay.Kafka.Offsets;

/// <summary>Where the owner of a partition is: read, durable, committed. All are "next to read". Pure; one thread at a time.</summary>
/// <param name="start">The first offset that is read.</param>
/// <param name="committed">The group's committed offset at assignment, −1 where there is none.</param>
/// <param name="exactlyOnce">Outputs and commits go together, and state follows them.</param>
internal sealed class PartitionOffsets(long start, long committed, bool exactlyOnce = false)
{
    private readonly long _committedBefore = committed;

    /// <summary>Below this offset everything has been produced and acknowledged, by an earlier owner or before a transaction failed: it only rebuilds state.</summary>
    public long ProduceFrom => exactlyOnce ? Committed : _committedBefore;

    /// <summary>Next offset to be taken from the client.</summary>
    public long Position { get; private set; } = start;

    /// <summary>Everything below is durable and acknowledged: reading goes back to here after a gap. Never falls.</summary>
    public long Safe { get; private set; } = start;

    /// <summary>Next offset that a new owner reads, −1 before the first commit. Never falls.</summary>
    public long Committed { get; private set; } = committed;

    /// <summary>Takes the record that was read; false for one that was taken before.</summary>
    public bool Read(long offset)
    {
        if (offset < Position)
            return false;
        Position = offset + 1;
        return true;
    }

    public void Rewind() => Position = Safe;

    /// <summary>
    /// Moves <see cref="Safe"/> to the first offset that some shard still needs, or to the position where none needs any. An idle shard needs
    /// none, so it holds nothing back.
    /// </summary>
    /// <returns>The offset to commit, or −1 where nothing is to be committed.</returns>
    public long Advance<T>(Dictionary<string, T> shards, Func<T, ShardOffsets> offsets)
    {
        var watermark = Position;
        foreach (var shard in shards.Values)
        {
            var pending = offsets(shard).FirstPending;
            if (pending != ShardOffsets.None && pending < watermark)
                watermark = pending;
        }

        if (exactlyOnce)
            watermark = Math.Min(watermark, Committed);
        Safe = Math.Max(Safe, watermark);
        return Safe > Committed ? Safe : -1;
    }

    public void Commit(long offset) => Committed = Math.Max(Committed, offset);
}
