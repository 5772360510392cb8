using System.Globalization;
using StackExchange.Redis;

namespace Assay.Host.Redis;

/// <summary>Where things stand in Redis. The state of grains stands under <c>ServiceId/state/</c> (Orleans' own layout), everything else beside it.</summary>
internal sealed class RedisKeys(string serviceId)
{
    /// <summary>The group and prefix that the state belongs to; text.</summary>
    public RedisKey Flow => $"{serviceId}/flow";

    /// <summary>A partition's mark; a hash of offset, verdicts, rebuild-to, loss-accepted.</summary>
    public RedisKey Mark(string topic, int partition) => Of("wm", topic, partition);

    /// <summary>Sources of a partition with a shard of their own; a set.</summary>
    public RedisKey Sources(string topic, int partition) => Of("sources", topic, partition);

    /// <summary>Pattern of the keys that hold state of the shards of a partition: no character of a service id or a topic means anything in a pattern.</summary>
    public string StateOf(string topic, int partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{serviceId}/state/source/{topic}/{partition}/*");

    /// <summary>Pages of a large state of a grain, whose value names them; a hash.</summary>
    public RedisKey Pages(GrainId grain) => $"{serviceId}/pages/{grain}";

    /// <summary>Pattern of the pages of the shards of a partition, as <see cref="StateOf"/>.</summary>
    public string PagesOf(string topic, int partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{serviceId}/pages/source/{topic}/{partition}/*");

    /// <summary>What a check may write and remove.</summary>
    public RedisKey Probe(string name) => $"{serviceId}/doctor/{name}";

    public string All => $"{serviceId}/*";

    private RedisKey Of(string kind, string topic, int partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{serviceId}/{kind}/{topic}/{partition}");
}
