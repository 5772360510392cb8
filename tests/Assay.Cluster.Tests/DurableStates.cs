using System.Text.Json;
using Assay.Host.Redis.Pages;
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
            if (Value(key) is not { Length: > 0 } data)
                continue;
            var state = log.Log.Describe(data);
            states.Add((state.GetProperty("partition").GetInt32(), state.GetProperty("source").GetString()!), state);
        }

        return states;
    }

    /// <summary>A state, put together where it lies in pages; read again where these have changed meanwhile.</summary>
    private byte[]? Value(RedisKey key)
    {
        const int Tries = 100;
        for (var n = 0; n < Tries; n++)
        {
            var data = (byte[]?)_redis.GetDatabase().HashGet(key, "data");
            if (data is null || !PageManifest.Is(data))
                return data;
            var fields = PageManifest.Read(data).ConvertAll(page => (RedisValue)page.Field);
            var pages = _redis.GetDatabase().HashGet(Pages(key), [.. fields]);
            if (Array.TrueForAll(pages, page => page.HasValue))
                return [.. pages.SelectMany(page => (byte[])page!)];
        }

        throw new InvalidOperationException($"{key} lists pages that are not there.");
    }

    /// <summary>Where the pages of a state stand: <c>state/GRAIN/NAME</c> has them under <c>pages/GRAIN</c>.</summary>
    private static RedisKey Pages(RedisKey key)
    {
        var value = key.ToString();
        return $"{Service}/pages{value[$"{Service}/state".Length..value.LastIndexOf('/')]}";
    }

    /// <summary>Where a partition's mark stands; 0 for none.</summary>
    public long Mark(int partition) => (long)_redis.GetDatabase().HashGet($"{Service}/wm/{log.Input}/{partition}", "offset");

    /// <summary>Records below the marks of all partitions.</summary>
    public long Marked => Enumerable.Range(0, RedisLog.Partitions).Sum(Mark);

    /// <summary>How far the group was announced to go; 0 for nothing.</summary>
    public long CommitTo(int partition) => (long)_redis.GetDatabase().HashGet($"{Service}/wm/{log.Input}/{partition}", "commit-to");

    public void Dispose() => _redis.Dispose();
}
