using Assay.Contracts.Ports;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Grains.Sources;
using Assay.Host.Redis;
using Assay.Host.Settings;
using Assay.Host.Standings;
using Assay.Kafka;
using Assay.Kafka.Clients;
using Assay.Kafka.Ingress;
using Assay.Kafka.Streams;
using Assay.Trust.Frameworks;
using Assay.Trust.Standings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Assay.Host.Hosting;

/// <summary>One silo of this process: grains, Kafka in, Kafka out. </summary>
internal static class SiloHost
{
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(40);

    /// <param name="kafka">The broker to use.</param>
    /// <param name="ingress">The topics to read, each known to <paramref name="readers"/>.</param>
    /// <param name="live">Standings travel by themselves, through the feed and the trust topics; otherwise the caller moves them.</param>
    /// <param name="redis">Where state is kept, and where the silos of the cluster meet; null = a silo alone, state in memory.</param>
    /// <param name="logging">Where logs go; a terminal that draws must not be written to.</param>
    /// <param name="keys">What signs decisions; null = the key of the settings, or one that ends with the process.</param>
    public static IHost Build(
        AssaySettings settings,
        KafkaOptions kafka,
        KafkaIngressOptions ingress,
        IRecordReaderFactory readers,
        IFlowObserver observer,
        Action<ILoggingBuilder> logging,
        RedisConnection? redis = null,
        SigningKeys? keys = null,
        bool live = false)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        logging(builder.Logging);
        keys ??= SigningKeys.LoadOrGenerate(settings.Signing);
        builder.Services
            .AddSingleton(Options.Create(kafka))
            .AddSingleton(Options.Create(ingress))
            .AddSingleton(Options.Create(settings.Egress))
            .AddSingleton(Options.Create(settings.Streams))
            .AddSingleton(Options.Create(settings.Sources))
            .AddSingleton(Options.Create(settings.Records))
            .AddSingleton(Options.Create(settings.Standing))
            .AddSingleton(Options.Create(settings.Ledger))
            .AddSingleton(Options.Create(settings.Cohorts))
            .AddSingleton(Options.Create(settings.Datasets))
            .AddSingleton(Options.Create(settings.Signing))
            .AddSingleton(keys.Signer)
            .AddSingleton(keys.Verifier)
            .AddSingleton(settings.Detectors)
            .AddSingleton(new StandingTable(settings.Standing.MaxTrustedKept))
            .AddSingleton(new CohortViews(settings.Detectors))
            .AddSingleton(new AssuranceGrades(readers))
            .AddSingleton(services => settings.Trust(
                services.GetRequiredService<StandingTable>(), services.GetRequiredService<CohortViews>(), services.GetRequiredService<AssuranceGrades>()))
            .AddSingleton<SourceScorerFactory>()
            .AddSingleton(new StandingMachine(settings.Standing, FrameworkCatalog.Shipped))
            .AddSingleton<ITrustFeed, NoFeed>()
            .AddSingleton(readers)
            .AddSingleton(observer)
            .AddSingleton(Options.Create(settings.Feed))
            .AddAssayKafka()
            .AddSingleton<IHostLifetime, CallersLifetime>()
            // The end of a silo is the drain, and then what grains and clients need to close.
            .Configure<HostOptions>(o => o.ShutdownTimeout = ingress.DrainTimeout + CloseTime);
        if (live)
            builder.Services.AddLiveStandings();
        builder.UseOrleans(silo =>
        {
            if (redis is null)
                SiloPlace.Alone(silo);
            else
                SiloPlace.InCluster(silo, redis);
            silo.AddAssayTrustStreams();
            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromMinutes(2));
        });
        return builder.Build();
    }
}
