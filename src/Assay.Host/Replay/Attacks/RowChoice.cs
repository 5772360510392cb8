namespace Assay.Host.Replay.Attacks;

/// <summary>Chooses among eligible rows: each with a chance, or an exact number of them.</summary>
internal static class RowChoice
{
    /// <param name="eligible">Fewer than the spec's count gives fewer.</param>
    public static RowSet Of(IEnumerable<long> eligible, AttackSpec spec, KeyedHash hash) =>
        spec.Count is { } count ? Exactly(eligible, count, hash) : EachWith(eligible, spec.Rate ?? 1, hash);

    private static RowSet EachWith(IEnumerable<long> eligible, double rate, KeyedHash hash)
    {
        var chosen = new RowSet();
        foreach (var ordinal in eligible)
        {
            if (hash.Uniform(ordinal) < rate)
                chosen.Add(ordinal);
        }

        return chosen;
    }

    /// <summary>The rows with the smallest hashes; the queue holds the best so far, the worst of them first.</summary>
    private static RowSet Exactly(IEnumerable<long> eligible, long count, KeyedHash hash)
    {
        var best = new PriorityQueue<long, ulong>();
        foreach (var ordinal in eligible)
        {
            var priority = ulong.MaxValue - hash.Bits(ordinal);
            if (best.Count < count)
                best.Enqueue(ordinal, priority);
            else
                best.EnqueueDequeue(ordinal, priority);
        }

        var chosen = new RowSet();
        foreach (var (ordinal, _) in best.UnorderedItems)
            chosen.Add(ordinal);
        return chosen;
    }
}
