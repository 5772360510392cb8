using System.Text.Json;
using StackExchange.Redis;

namespace Assay.Cluster.Tests;

/// <summary>The states of shards and the marks of partitions, as they lie in Redis.</summary>
internal sealed class DurableStates(RedisServer redis, RedisLog log) : IDisposable
{
    private const string Service = "assay";
    private readonly ConnectionMultiplexer _redis = ConnectionMultiplexer.Connect($"{redis.Address},abortConnect=false");

    /// <summary>Every shard's state, described.</summary>
    public Dictionary<(int Partition, string Source), JsonElement> Read()
    {
        var states = new Dictionary<(int, string), JsonElement>();
        foreach (var key in _redis.GetServers()[0].Keys(pattern: $"{Service}/state/source/{log.Input}/*"))
        {
            if ((byte[]?)_redis.GetDatabase().HashGet(key, "data") is not { Length: > 0 } data)
                continue;
            var state = log.Log.Describe(data);
            states.Add((state.GetProperty("partition").GetInt32(), state.GetProperty("source").GetString()!), state);
        }

        return states;
    }

    /// <summary>Where a partition's mark stands; 0 for none.</summary>
    public long Mark(int partition) => (long)_redis.GetDatabase().HashGet($"{Service}/wm/{log.Input}/{partition}", "offset");

    /// <summary>How far the group was announced to go; 0 for nothing.</summary>
    public long CommitTo(int partition) => (long)_redis.GetDatabase().HashGet($"{Service}/wm/{log.Input}/{partition}", "commit-to");

    public void Dispose() => _redis.Dispose();
}
