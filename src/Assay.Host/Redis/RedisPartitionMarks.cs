using System.Globalization;
using Assay.Kafka.Ingress;
using StackExchange.Redis;

namespace Assay.Host.Redis;

/// <summary>Marks of partitions in Redis: a hash each, and beside it the set of sources that have a shard of their own.</summary>
internal sealed class RedisPartitionMarks(RedisConnection redis) : IPartitionMarks
{
    private const int SourcesAtOnce = 5_000;

    // Compares and writes in one step; a mark that stands higher stays, so that a stalled owner cannot take it back.
    private const string WriteScript =
        """
        local at = redis.call('HGET', KEYS[1], 'offset')
        local commit = tonumber(redis.call('HGET', KEYS[1], 'commit-to') or '0')
        if ARGV[1] ~= '' and (not at or tonumber(at) < tonumber(ARGV[1]) or commit < tonumber(ARGV[6])) then
          return 0
        end
        if not at or tonumber(at) <= tonumber(ARGV[2]) then
          redis.call('HSET', KEYS[1], 'offset', ARGV[2], 'verdicts', ARGV[3], 'rebuild-to', ARGV[4])
        end
        if commit < tonumber(ARGV[5]) then
          redis.call('HSET', KEYS[1], 'commit-to', ARGV[5])
        end
        return 1
        """;

    public async Task<StoredMark?> Read(string topic, int partition)
    {
        var database = redis.Database;
        var mark = Parse(await database.HashGetAllAsync(redis.Keys.Mark(topic, partition)));
        if (mark is null)
            return null;
        var sources = new List<string>();
        await foreach (var source in database.SetScanAsync(redis.Keys.Sources(topic, partition), pageSize: SourcesAtOnce))
            sources.Add(source.ToString());
        return new StoredMark(mark.Value.Mark, sources, mark.Value.LossAccepted);
    }

    public async Task<bool> Write(string topic, int partition, PartitionMark? known, PartitionMark mark, IReadOnlyList<string> sources)
    {
        var database = redis.Database;
        foreach (var some in sources.Chunk(SourcesAtOnce))
            await database.SetAddAsync(redis.Keys.Sources(topic, partition), Array.ConvertAll(some, s => (RedisValue)s));
        var result = await database.ScriptEvaluateAsync(
            WriteScript, [redis.Keys.Mark(topic, partition)],
            [known is { } last ? last.Offset : "", mark.Offset, mark.Verdicts, mark.RebuildTo, mark.CommitTo, known?.CommitTo ?? 0]);
        return (int)result == 1;
    }

    /// <summary>Writes a mark whatever stands: for a rebuild, while no silo runs.</summary>
    public Task Replace(string topic, int partition, PartitionMark mark) => redis.Database.HashSetAsync(
        redis.Keys.Mark(topic, partition), [new("offset", mark.Offset), new("verdicts", mark.Verdicts), new("rebuild-to", mark.RebuildTo), new("commit-to", mark.CommitTo)]);

    /// <summary>Notes that what retention has deleted below an offset is accepted as lost. Silos may run.</summary>
    public Task AcceptLoss(string topic, int partition, long below) => redis.Database.HashSetAsync(redis.Keys.Mark(topic, partition), "loss-accepted", below);

    private static (PartitionMark Mark, long LossAccepted)? Parse(HashEntry[] entries)
    {
        if (entries.Length == 0)
            return null;
        var numbers = entries.ToDictionary(e => e.Name.ToString(), e => long.Parse(e.Value.ToString(), CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return (new PartitionMark(numbers["offset"], numbers["verdicts"], numbers.GetValueOrDefault("rebuild-to"), numbers.GetValueOrDefault("commit-to")),
            numbers.GetValueOrDefault("loss-accepted"));
    }
}
