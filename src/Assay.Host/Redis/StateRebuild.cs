using System.Globalization;
using Assay.Host.Settings;
using Assay.Kafka.Ingress;
using Assay.Kafka.Offsets;
using StackExchange.Redis;

namespace Assay.Host.Redis;

/// <summary>What a rebuild does to one partition.</summary>
/// <param name="From">Where the next start reads from.</param>
/// <param name="To">What was judged before, exclusive: up to here records only teach, and keep their verdicts.</param>
/// <param name="Gone">Judged records before <paramref name="From"/> that retention has deleted: what they taught cannot be rebuilt.</param>
/// <param name="Discarded">Shards whose state was discarded.</param>
internal sealed record RebuiltPartition(string Topic, int Partition, long From, long To, long Gone, long Discarded);

/// <summary>
/// Prepares the next start to build the state of sources again from Kafka, up to where the group stands. Nothing of Kafka is changed: commits never go back,
/// and verdicts that stand are kept. Only while no silo runs.
/// </summary>
internal sealed class StateRebuild(RedisConnection redis)
{
    private const int KeysAtOnce = 1_000;
    private readonly RedisPartitionMarks _marks = new(redis);

    /// <summary>Discards the state of a partition: it is read again from the oldest record that Kafka holds.</summary>
    public async Task<RebuiltPartition> Discard(PartitionRange range)
    {
        var (topic, partition) = (range.Topic, range.Partition);
        // The mark goes first and comes last: a rebuild that is cut short leaves a state that no silo takes for whole.
        await redis.Database.KeyDeleteAsync(redis.Keys.Mark(topic, partition));
        var discarded = 0L;
        foreach (var keys in Keys(redis.Keys.StateOf(topic, partition)).Chunk(KeysAtOnce))
        {
            foreach (var key in keys)
                discarded += await redis.Database.KeyDeleteAsync(key) ? 1 : 0;
        }

        foreach (var key in Keys(redis.Keys.PagesOf(topic, partition)))
            await redis.Database.KeyDeleteAsync(key);
        await redis.Database.KeyDeleteAsync(redis.Keys.Sources(topic, partition));
        if (range.Committed >= 0)
            await _marks.Replace(topic, partition, new PartitionMark(0, 0, range.Committed));
        return new RebuiltPartition(topic, partition, range.Low, Math.Max(range.Low, range.Committed),
            Math.Min(range.Low, Math.Max(0, range.Committed)), discarded);
    }

    /// <summary>Keeps the state of a partition, e.g. of a backup, and lets the next start go on from its mark.</summary>
    /// <exception cref="SettingsException">There is no state to go on from.</exception>
    public async Task<RebuiltPartition> Keep(PartitionRange range)
    {
        var stored = await _marks.Read(range.Topic, range.Partition);
        if (stored is null && range.Committed > 0)
        {
            throw new SettingsException(string.Create(CultureInfo.InvariantCulture,
                $"Redis holds no state of {range.Topic}/{range.Partition}, so there is nothing to keep. Restore the backup first, or rebuild without --keep-state."));
        }

        var mark = stored?.Mark ?? default;
        if (mark.MustRebuild(range.Committed))
            await _marks.Replace(range.Topic, range.Partition, mark with { RebuildTo = range.Committed });
        var from = Math.Max(range.Low, mark.Offset);
        return new RebuiltPartition(range.Topic, range.Partition, from, Math.Max(from, range.Committed),
            Math.Min(from, Math.Max(mark.Offset, range.Committed)) - mark.Offset, 0);
    }

    private IEnumerable<RedisKey> Keys(string pattern) =>
        redis.Primaries.SelectMany(server => server.Keys(redis.Options.Database, pattern, pageSize: KeysAtOnce));
}
