using Assay.Contracts.Trust;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Grains.Sources;
using Assay.Grains.State;
using Assay.Host.Redis;
using Assay.Host.Redis.Pages;
using Assay.Kafka.Ingress;
using Assay.Kafka.Streams;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Assay.Host.Hosting;

/// <summary>Every grain storage by its name and how its states become bytes, whatever keeps them.</summary>
internal static class GrainStores
{
    public static IReadOnlyDictionary<string, IGrainStorageSerializer> All { get; } = new Dictionary<string, IGrainStorageSerializer>(StringComparer.Ordinal)
    {
        [SourceGrain.Storage] = new DurableBytesSerializer(),
        [IdentityGrain.Storage] = new DurableBytesSerializer(),
        [CohortGrain.Storage] = new DurableBytesSerializer(),
        [TrustStreams.Provider] = new CheckpointSerializer(),
    };

    /// <summary>Name of the storage that keeps a grain's one value in Redis, with the version that fences duplicate activations.</summary>
    public static string Values(string name) => $"{name}-values";

    /// <summary>What grains are given under a name: states of bytes may be large, and are then kept in pages.</summary>
    public static IGrainStorage InRedis(IServiceProvider services, string name, RedisConnection redis)
    {
        var values = services.GetRequiredKeyedService<IGrainStorage>(Values(name));
        return All[name] is DurableBytesSerializer ? new PagedStorage(values, redis, StateFailpoint.AfterPages) : values;
    }
}
