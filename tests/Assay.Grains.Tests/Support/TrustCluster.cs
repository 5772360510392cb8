using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Assay.Detection;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Trust.Frameworks;
using Assay.Trust.Standings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Core.Internal;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Assay.Grains.Tests.Support;

/// <summary>A silo with the grains of trust over a store and a publisher that tests control. A is 1,000, proof takes 100 records.</summary>
internal sealed class TrustCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TrustCluster(CohortOptions cohorts)
    {
        Storage = new BytesStorage(Journal);
        Publisher = new TestPublisher(Journal);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(Options.Create(Standings))
            .AddSingleton(Options.Create(cohorts))
            .AddSingleton(new StandingMachine(Standings, FrameworkCatalog.Shipped))
            .AddSingleton(DetectorSet.Default)
            .AddSingleton(Table)
            .AddSingleton<ITrustPublisher>(Publisher)
            .AddSingleton<ICohortViewPublisher>(Publisher)
            .AddKeyedSingleton<IGrainStorage>(IdentityGrain.Storage, Storage)
            .AddKeyedSingleton<IGrainStorage>(CohortGrain.Storage, Storage));
        _cluster = builder.Build();
    }

    public static StandingOptions Standings { get; } =
        new() { CleanRecordsPerFalseQuarantine = 1000, ProvenRecords = 100, ClearRecords = 50, ProbationRecords = 200, BreakerWindow = 100_000 };

    public Journal Journal { get; } = new();

    public BytesStorage Storage { get; }

    public TestPublisher Publisher { get; }

    public StandingTable Table { get; } = new();

    public SteppedTime Time { get; } = new();

    public static async Task<TrustCluster> Start(CohortOptions? cohorts = null)
    {
        var cluster = new TrustCluster(cohorts ?? new CohortOptions().PublishedOnDemand());
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public IIdentityGrain Identity(string name) => _cluster.Client.GetGrain<IIdentityGrain>(new StandingKey(name).ToString());

    public ICohortGrain Cohort(string dataset = "data") => _cluster.Client.GetGrain<ICohortGrain>(dataset);

    /// <summary>The next call finds what storage holds.</summary>
    public static Task Restart(IGrain grain) => grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle().AsTask();

    /// <summary>What a shard says of an identity: half of its records came after the onset.</summary>
    public static ShardReport Report(string identity, double mass, long records, long seen = 0, string shard = "s0", string dataset = "data") => new()
    {
        Key = new StandingKey(identity),
        Shard = shard,
        Dataset = dataset,
        Sequence = records,
        SeenEpoch = seen,
        Mass = mass,
        MonitoredRecords = records,
        At = new RecordPlace($"{shard}-{records}", "topic", 0, records),
        Onset = mass > 0 ? new RecordPlace($"{shard}-50", "topic", 0, 50) : null,
        AdmittedSinceOnset = mass > 0 ? records - 49 : 0,
        Detector = mass > 0 ? "label-slices" : null,
        Subject = mass > 0 ? "occupation=Exec-managerial" : null,
    };

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
