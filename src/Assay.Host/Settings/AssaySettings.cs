using Assay.Contracts.Signing;
using Assay.Detection;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Grains.Sources;
using Assay.Host.Http;
using Assay.Host.Redis;
using Assay.Host.Replay.Ticks;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Assay.Kafka.Streams;
using Assay.Trust.Ledger;
using Assay.Trust.Records;
using Assay.Trust.Standings;
using Microsoft.Extensions.Configuration;

namespace Assay.Host.Settings;

/// <summary>Every setting of the process, bound and validated. Sections and keys are those of the options classes.</summary>
public sealed class AssaySettings
{
    private static readonly string[] Sections =
    [
        "Kafka", SourceOptions.Section, RecordPolicyOptions.Section, StandingOptions.Section, LedgerOptions.Section, CohortOptions.Section, TrustFeedOptions.Section,
        DatasetOptions.Section, DetectorSettings.Section, TopicProfiles.Section,
        HttpOptions.Section, RedisOptions.Section, ClusterSettings.Section, ReplayOptions.Section, PostureOptions.Section,
        SigningOptions.Section,
    ];

    private AssaySettings(IConfiguration configuration)
    {
        SettingsBinder.RefuseUnknownSections(configuration, Sections);
        Sources = SettingsBinder.Bind<SourceOptions>(configuration, SourceOptions.Section);
        Records = SettingsBinder.Bind<RecordPolicyOptions>(configuration, RecordPolicyOptions.Section);
        Standing = SettingsBinder.Bind<StandingOptions>(configuration, StandingOptions.Section);
        Ledger = SettingsBinder.Bind<LedgerOptions>(configuration, LedgerOptions.Section);
        Feed = SettingsBinder.Bind<TrustFeedOptions>(configuration, TrustFeedOptions.Section);
        Cohorts = SettingsBinder.Bind<CohortOptions>(configuration, CohortOptions.Section);
        Datasets = SettingsBinder.Bind<DatasetOptions>(configuration, DatasetOptions.Section);
        Detectors = DetectorSettings.Bind(configuration, Sources.Detectors);
        Egress = SettingsBinder.Bind<KafkaEgressOptions>(configuration, "Kafka:Egress");
        Streams = SettingsBinder.Bind<TrustStreamOptions>(configuration, "Kafka:Streams");
        Profiles = TopicProfiles.Bind(configuration);
        Http = SettingsBinder.Bind<HttpOptions>(configuration, HttpOptions.Section);
        Cluster = SettingsBinder.Bind<ClusterSettings>(configuration, ClusterSettings.Section);
        Signing = SettingsBinder.Bind<SigningOptions>(configuration, SigningOptions.Section);
        Redis = configuration.GetSection(RedisOptions.Section).Exists() ? SettingsBinder.Bind<RedisOptions>(configuration, RedisOptions.Section) : null;
        Replay = SettingsBinder.Bind<ReplayOptions>(configuration, ReplayOptions.Section);
        Posture = SettingsBinder.Bind<PostureOptions>(configuration, PostureOptions.Section);
        Configuration = configuration;
    }

    public SourceOptions Sources { get; }

    public RecordPolicyOptions Records { get; }

    public StandingOptions Standing { get; }

    public LedgerOptions Ledger { get; }

    public CohortOptions Cohorts { get; set; }

    /// <summary>What shards have to tell and could not yet.</summary>
    public TrustFeedOptions Feed { get; }

    public DatasetOptions Datasets { get; }

    /// <summary>How <c>assay replay</c> advances.</summary>
    public ReplayOptions Replay { get; }

    public DetectorSet Detectors { get; }

    public PostureOptions Posture { get; }

    public KafkaEgressOptions Egress { get; }

    /// <summary>How decisions and recalls are fanned out to grains.</summary>
    public TrustStreamOptions Streams { get; }

    /// <summary>Profile file of each input topic.</summary>
    public TopicProfiles Profiles { get; }

    /// <summary>Health and metrics of <c>assay run</c>.</summary>
    public HttpOptions Http { get; }

    /// <summary>How silos find each other; of use with <see cref="Redis"/> only.</summary>
    public ClusterSettings Cluster { get; }

    /// <summary>Keys of decisions, recalls and heartbeats.</summary>
    public SigningOptions Signing { get; }

    /// <summary>Where state is kept; null = in memory.</summary>
    public RedisOptions? Redis { get; }

    /// <summary>True where the settings name a Kafka cluster; otherwise everything runs embedded.</summary>
    public bool HasKafka => !string.IsNullOrWhiteSpace(Configuration["Kafka:BootstrapServers"]);

    private IConfiguration Configuration { get; }

    /// <exception cref="SettingsException">Something cannot be used; the message names the key.</exception>
    public static AssaySettings Load(FileInfo? file, IEnumerable<string> overrides) => new(AssayConfiguration.Load(file, overrides));

    /// <summary>What the shards of a silo share in matters of trust, with these tables.</summary>
    public ShardTrust Trust(StandingTable standings, CohortViews views, AssuranceGrades grades) => new(standings, views, grades, Standing, Ledger, Posture);

    /// <summary>Connection settings, with the embedded broker's address where the settings name none.</summary>
    /// <exception cref="SettingsException">A value is out of range, or asks for a delivery that there cannot be.</exception>
    public KafkaOptions Kafka(string? embedded = null)
    {
        var configuration = embedded is null ? Configuration : With("Kafka:BootstrapServers", embedded);
        var bound = SettingsBinder.Bind<KafkaOptions>(configuration, "Kafka", "Ingress", "Egress", "Streams");
        if (bound.Delivery != DeliveryGuarantee.ExactlyOnce)
            return bound;
        if (embedded is not null && HasKafka)
        {
            // A replay with the settings of a cluster: it writes files, each record once.
            bound.Delivery = DeliveryGuarantee.AtLeastOnce;
            return bound;
        }

        if (embedded is not null)
            throw new SettingsException("Kafka:Delivery is ExactlyOnce, but the embedded broker knows no transactions. Name a Kafka by Kafka:BootstrapServers, or leave it out.");
        if (Redis is null)
            throw new SettingsException("Kafka:Delivery is ExactlyOnce, but state is in memory: a start could not tell what of it belongs to what is committed. Set Redis:Endpoints, or leave it out.");
        return bound;
    }

    /// <summary>Ingress settings for these topics.</summary>
    /// <param name="durable">State outlives the process: it is kept in <see cref="Redis"/>.</param>
    /// <exception cref="SettingsException">A value is out of range, or says something else about the state than there is.</exception>
    public KafkaIngressOptions Ingress(IEnumerable<string> topics, bool durable = false)
    {
        var options = new Dictionary<string, string?>();
        foreach (var (i, topic) in topics.Index())
            options[$"Kafka:Ingress:Topics:{i}"] = topic;
        var bound = SettingsBinder.Bind<KafkaIngressOptions>(
            new ConfigurationBuilder().AddConfiguration(Configuration).AddInMemoryCollection(options).Build(), "Kafka:Ingress");
        if (bound.DurableState && Redis is null)
            throw new SettingsException("Kafka:Ingress:DurableState is true, but state is in memory: a start would go on from offsets whose state is gone. Set Redis:Endpoints, or leave it out.");
        if (!bound.DurableState && Redis is not null && Configuration["Kafka:Ingress:DurableState"] is not null)
            throw new SettingsException("Kafka:Ingress:DurableState is false, but Redis keeps the state: commits would not be checked against it. Leave it out.");
        bound.DurableState = durable;
        return bound;
    }

    private IConfigurationRoot With(string key, string value) => new ConfigurationBuilder()
        .AddConfiguration(Configuration)
        .AddInMemoryCollection([new(key, value)])
        .Build();
}
