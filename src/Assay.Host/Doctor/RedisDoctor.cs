using System.Globalization;
using Assay.Host.Redis;
using Assay.Kafka.Checks;
using Assay.Kafka.Offsets;
using StackExchange.Redis;

namespace Assay.Host.Doctor;

/// <summary>Looks at everything of Redis that Assay depends on. Writes and removes keys of its own only.</summary>
internal sealed class RedisDoctor(RedisConnection redis)
{
    private const string Area = "redis";

    public async Task<IReadOnlyList<Check>> Examine()
    {
        var took = await redis.Database.PingAsync();
        var checks = new List<Check>
        {
            Check.Ok(Area, "reachable", string.Create(CultureInfo.InvariantCulture, $"{redis.Options}, answers in {took.TotalMilliseconds:0.#} ms")),
        };
        checks.AddRange(await Permissions());
        foreach (var server in redis.Primaries)
            checks.AddRange(await Server(server));
        return checks;
    }

    /// <summary>Whether the state in Redis belongs to what the group has committed.</summary>
    public async Task<IReadOnlyList<Check>> Marks(string group, IEnumerable<PartitionRange> partitions)
    {
        var marks = new RedisPartitionMarks(redis);
        var checks = new List<Check>();
        foreach (var range in partitions)
        {
            var area = $"state {range.Topic}/{range.Partition}";
            var mark = (await marks.Read(range.Topic, range.Partition))?.Mark;
            if (range.Committed >= 0 && mark?.Covers(range.Committed) != true)
            {
                checks.Add(Check.Fail(area, "mark", $"state up to {mark?.Offset.ToString(CultureInfo.InvariantCulture) ?? "nothing"}, group {group} at {range.Committed}",
                    "Silos will refuse to start: Redis is empty, older, or another one. After a restored backup: 'assay rebuild --keep-state'; without one: 'assay rebuild'."));
            }
            else if (mark is { } behind && behind.MustRebuild(range.Committed) && range.Low > behind.Offset)
            {
                checks.Add(Check.Fail(area, "mark", $"state up to {behind.Offset}, group {group} at {range.Committed}, and records from {range.Low} on only",
                    "Silos will refuse to start: what the state lacks is gone from Kafka. 'assay rebuild --keep-state' goes on without it."));
            }
            else if (RetentionCheck.Of(range, mark?.Offset ?? -1) is { } lost)
            {
                checks.Add(lost);
            }
            else
            {
                checks.Add(Check.Ok(area, "mark", mark is null ? "nothing yet"
                    : string.Create(CultureInfo.InvariantCulture, $"state up to {mark.Value.Offset}, {range.High - mark.Value.Offset} to go")));
            }
        }

        return checks;
    }

    private async Task<IEnumerable<Check>> Permissions()
    {
        var database = redis.Database;
        RedisKey hash = redis.Keys.Probe("hash"), set = redis.Keys.Probe("set"), sorted = redis.Keys.Probe("sorted"), text = redis.Keys.Probe("text");
        var tries = new (string Name, Func<Task> Try)[]
        {
            ("grain state (HSET, HMSET, HGETALL, EVAL)", async () =>
            {
                await database.ScriptEvaluateAsync("redis.call('HMSET', KEYS[1], 'a', ARGV[1]) return redis.call('HGET', KEYS[1], 'a')", [hash],
                    ["1"]);
                await database.HashSetAsync(hash, "b", "1");
                await database.HashGetAllAsync(hash);
            }),
            ("membership (MULTI, WATCH, HSETNX, HEXISTS, HDEL)", async () =>
            {
                await database.HashSetAsync(hash, "c", "1", When.NotExists);
                var transaction = database.CreateTransaction();
                transaction.AddCondition(Condition.HashEqual(hash, "c", "1"));
                transaction.AddCondition(Condition.HashNotExists(hash, "d"));
                _ = transaction.HashSetAsync(hash, "d", "1");
                await transaction.ExecuteAsync();
                await database.HashDeleteAsync(hash, "d");
            }),
            ("reminders (ZADD, ZRANGEBYLEX, ZREMRANGEBYLEX)", async () =>
            {
                await database.SortedSetAddAsync(sorted, "a", 0);
                await database.SortedSetRangeByValueAsync(sorted, "a", "b");
                await database.SortedSetRemoveRangeByValueAsync(sorted, "a", "b");
            }),
            ("marks (SADD, SSCAN, SET, GET, DEL)", async () =>
            {
                await database.SetAddAsync(set, "a");
                await foreach (var _ in database.SetScanAsync(set))
                {
                }

                await database.StringSetAsync(text, "a", when: When.NotExists);
                await database.StringGetAsync(text);
                foreach (var key in (RedisKey[])[hash, set, sorted, text])
                    await database.KeyDeleteAsync(key);
            }),
        };
        var checks = new List<Check>();
        foreach (var (name, attempt) in tries)
        {
            try
            {
                await attempt();
                checks.Add(Check.Ok(Area, "permissions", name));
            }
            catch (RedisServerException e)
            {
                checks.Add(Check.Fail(Area, "permissions", $"{name}: {e.Message}",
                    $"Allow it to the user on keys {redis.Keys.All} (docs/permissions.md has the ACL)."));
            }
        }

        return checks;
    }

    private static async Task<IEnumerable<Check>> Server(IServer server)
    {
        try
        {
            var facts = (await server.InfoAsync()).SelectMany(g => g).DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.Value,
                StringComparer.Ordinal);
            return RedisChecks.Of(Area, facts, await Setting(server, "appendfsync"));
        }
        catch (RedisServerException e)
        {
            return [Check.Warn(Area, "info", e.Message, "Allow INFO to the user to have persistence and memory checked; Assay itself runs without.")];
        }
    }

    private static async Task<string?> Setting(IServer server, string name)
    {
        try
        {
            return (await server.ConfigGetAsync(name)).Select(p => p.Value).FirstOrDefault();
        }
        catch (RedisServerException)
        {
            return null;
        }
    }
}
