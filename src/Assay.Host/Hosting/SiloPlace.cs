using System.Net;
using Assay.Host.Redis;
using Assay.Kafka.Ingress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Assay.Host.Hosting;

/// <summary>Where a silo stands and where its grains keep their state.</summary>
internal static class SiloPlace
{
    /// <summary>Alone on loopback, state in memory.</summary>
    public static void Alone(ISiloBuilder silo)
    {
        var (siloPort, gatewayPort) = LoopbackPorts.Take();
        silo.UseLocalhostClustering(siloPort, gatewayPort, primarySiloEndpoint: new IPEndPoint(IPAddress.Loopback, siloPort), serviceId: "assay", clusterId: $"assay-{siloPort}");
        foreach (var (name, serializer) in GrainStores.All)
            silo.AddMemoryGrainStorage(name, storage => storage.Configure(o => o.GrainStorageSerializer = serializer));
    }

    /// <summary>One of a cluster, which keeps membership, state, marks and reminders in Redis.</summary>
    public static void InCluster(ISiloBuilder silo, RedisConnection redis)
    {
        var cluster = redis.Cluster;
        silo.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = (cluster.ServiceId, cluster.ClusterId));
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = cluster.SilenceLimit / o.NumMissedProbesLimit;
            o.IAmAliveTablePublishTimeout = cluster.SilenceLimit / o.NumMissedTableIAmAliveLimit;
        });
        Endpoints(silo, redis);
        silo.UseRedisClustering(o =>
        {
            o.ConfigurationOptions = redis.Configuration;
            o.CreateMultiplexer = _ => Task.FromResult((redis.Multiplexer, true));
        });
        silo.UseRedisReminderService(o =>
        {
            o.ConfigurationOptions = redis.Configuration;
            o.CreateMultiplexer = _ => Task.FromResult((redis.Multiplexer, true));
        });
        foreach (var (name, serializer) in GrainStores.All)
        {
            silo.AddRedisGrainStorage(GrainStores.Values(name), o =>
            {
                o.ConfigurationOptions = redis.Configuration;
                o.CreateMultiplexer = _ => Task.FromResult((redis.Multiplexer, true));
                o.GrainStorageSerializer = serializer;
            });
        }

        foreach (var name in GrainStores.All.Keys)
            silo.Services.AddKeyedSingleton(name, (services, _) => GrainStores.InRedis(services, name, redis));
        silo.Services.AddSingleton<IPartitionMarks>(new RedisPartitionMarks(redis));
        silo.Services.AddSingleton<IFatalErrorHandler>(new SiloDeath(cluster));
    }

    private static void Endpoints(ISiloBuilder silo, RedisConnection redis)
    {
        var cluster = redis.Cluster;
        var (freeSilo, freeGateway) = LoopbackPorts.Take();
        var (siloPort, gatewayPort) = (cluster.SiloPort == 0 ? freeSilo : cluster.SiloPort, cluster.GatewayPort == 0 ? freeGateway : cluster.GatewayPort);
        if (cluster.AdvertisedAddress is { } address)
            silo.ConfigureEndpoints(IPAddress.Parse(address), siloPort, gatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(IPAddress.Parse(address)));
        else
            silo.ConfigureEndpoints(siloPort, gatewayPort, listenOnAnyHostAddress: true);
    }
}
