using System.Text.Json;
using Assay.Client;
using Assay.Contracts.State;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Detection;
using Assay.Detection.LabelSlices;
using Assay.Grains.Sources;
using Assay.Mapping;
using Assay.Trust.Records;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Assay.Cluster.Tests;

/// <summary>
/// Silos that judge a <see cref="LabelLog"/> with its evidence, under a prefix, a group and a Redis of their own: what several runs over one topic of
/// records decide can be compared.
/// </summary>
internal sealed class LabelRun : IDisposable
{
    public const int Partitions = 5;

    /// <summary>Records of a shard that force a checkpoint.</summary>
    public const int Checkpoint = 200;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly RedisServer _redis = new("--appendonly", "yes");
    private readonly string _kafka;
    private readonly string _name;
    private readonly string _input;
    private readonly string[] _settings;

    private LabelRun(string kafka, string name, string input, string profile, string[] settings)
    {
        (_kafka, _name, _input) = (kafka, name, input);
        _settings =
        [
            $"Kafka:BootstrapServers={kafka}", $"Kafka:Ingress:Group={name}", $"Kafka:Egress:TopicPrefix={name}", $"Topics:{input}:Profile={profile}",
            "Kafka:Ingress:SessionTimeout=00:00:06", "Kafka:Ingress:CheckpointInterval=00:00:01", $"Kafka:Ingress:CheckpointRecords={Checkpoint}",
            "Kafka:Ingress:CommitInterval=00:00:00.1", $"Kafka:Ingress:MaxBatchRecords={Checkpoint / 4}", "Datasets:DefaultMode=Enforce", "Http:Port=0",
            "Sources:Detectors:0=label-slices", "Cohorts:MinInterval=00:00:00.1", "Cohorts:ContributeEvery=100", $"Signing:KeyFile={TestKey.File}",
            "Signing:HeartbeatInterval=00:00:01", $"Redis:Endpoints={_redis.Address}", "Cluster:SiloPort=0", "Cluster:GatewayPort=0",
            "Cluster:AdvertisedAddress=127.0.0.1", "Cluster:SilenceLimit=00:00:03", .. settings,
        ];
    }

    public TopicNames Names => new(_name);

    /// <summary>Output topics, and nothing that runs.</summary>
    /// <param name="view">A view that the cohort has from the beginning; null for none.</param>
    public static async Task<LabelRun> Create(string kafka, string name, string input, Message<byte[], byte[]>? view, params string[] settings)
    {
        var profile = Path.Combine(Directory.CreateTempSubdirectory("assay-").FullName, "labels.json");
        await File.WriteAllTextAsync(profile, LabelLog.Attested);
        var run = new LabelRun(kafka, name, input, profile, settings);
        await TopicContents.Create(kafka, run.Names.All, Partitions);
        if (view is null)
            return run;
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = kafka }).Build();
        await producer.ProduceAsync(run.Names.CohortViews, view);
        return run;
    }

    public AssayProcess Start() => new(_settings);

    /// <summary>A silo that kills itself at a passage of a gap.</summary>
    public AssayProcess Start(string client, string failpoint) =>
        new([.. _settings, $"Kafka:ClientId={client}"], new Dictionary<string, string> { ["ASSAY_FAILPOINT"] = failpoint });

    public Task Members(int members, string client = "", Func<bool>? or = null) => Flow.Members(_kafka, _name, members, Partitions, client, or);

    /// <summary>Waits until so many records are judged and committed.</summary>
    public void Wait(AssayProcess silo, long records)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = _kafka, GroupId = _name }).Build();
        Flow.Wait(_kafka, Names, Partitions, silo, _ => consumer.Committed(
            Enumerable.Range(0, Partitions).Select(p => new TopicPartition(_input, p)), Limit).Sum(o => Math.Max(0, o.Offset.Value)) == records);
    }

    /// <summary>The cohort's latest view, as it lies on its topic.</summary>
    public Message<byte[], byte[]> View()
    {
        var latest = TopicContents.Read(_kafka, Names.CohortViews, Partitions).MaxBy(m => (m.Message.Timestamp.UnixTimestampMs, m.Offset.Value))!.Message;
        return new Message<byte[], byte[]> { Key = latest.Key, Value = latest.Value };
    }

    /// <summary>Every decision, in its key's order.</summary>
    public List<Decision> Decisions() =>
        [.. new TrustTopic(_kafka, Names, Partitions).Read().Select(e => e.Decision).OfType<Decision>()];

    /// <summary>The verdict of each position. Two different ones end the test.</summary>
    public SortedDictionary<(int Partition, long Offset), VerdictMessage> Verdicts()
    {
        var verdicts = new SortedDictionary<(int, long), VerdictMessage>();
        foreach (var verdict in TopicContents.Stream(_kafka, Names.Verdicts, Partitions).Select(m => TrustTopics.ReadVerdict(m.Message.Value)))
        {
            var at = (verdict.Partition, verdict.Offset);
            if (!verdicts.TryAdd(at, verdict))
                Assert.Equal(verdicts[at].Verdict, verdict.Verdict);
        }

        return verdicts;
    }

    /// <summary>The durable state of each partition's shard, described.</summary>
    public JsonElement[] States()
    {
        var set = new DetectorSet([new(DetectorCatalog.Get("label-slices"), new LabelSlicesOptions())]);
        var sections = new SourceScorerFactory(
            new ProfileRegistry(), set, ShardTrust.New(set), Options.Create(new SourceOptions()), Options.Create(new RecordPolicyOptions()), Options.Create(new DatasetOptions()))
            .CreateSections();
        using var redis = ConnectionMultiplexer.Connect(_redis.Address);
        return
        [
            .. Enumerable.Range(0, Partitions).Select(p => redis.GetServers()[0].Keys(pattern: $"assay/state/source/{_input}/{p}/*").Single())
                .Select(key => Describe(redis.GetDatabase().HashGet(key, "data")!, sections)),
        ];
    }

    public void Dispose() => _redis.Dispose();

    private static JsonElement Describe(byte[] state, IReadOnlyList<KeyValuePair<string, IStateSection>> sections)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            SourceStateFormat.Describe(state, sections, json);
        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }
}
