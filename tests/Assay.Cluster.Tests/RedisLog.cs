using Assay.Contracts.Topics;
using Assay.Detection;
using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>A <see cref="KnownLog"/> on the broker, and the settings of a silo that judges it with its state in a Redis.</summary>
internal sealed class RedisLog
{
    public const int Partitions = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private RedisLog(string kafka, string name, KnownLog log, string[] settings)
    {
        Kafka = kafka;
        Name = name;
        Log = log;
        Settings = settings;
    }

    public string Kafka { get; }

    /// <summary>Group and prefix.</summary>
    public string Name { get; }

    public KnownLog Log { get; }

    public string[] Settings { get; }

    /// <summary>The settings, for exactly-once delivery where asked for: the broker ends its transactions after 5 s.</summary>
    public string[] Delivering(bool exactlyOnce) => exactlyOnce ? [.. Settings, "Kafka:Delivery=ExactlyOnce", "Kafka:TransactionTimeout=00:00:05"] : Settings;

    public int Records => Log.Records;

    public TopicNames Names => new(Name);

    public string Input => $"{Name}-in";

    /// <summary>Topics, a profile, and the log's first part.</summary>
    /// <param name="part">Share of the log that is written now.</param>
    /// <param name="detectors">Those that run; none for all.</param>
    /// <param name="compacted">Output topics as <c>assay topics create</c> makes them, instead of plain ones that keep everything.</param>
    public static Task<RedisLog> Create(string test, int records, RedisServer redis, double part = 1, bool compacted = false, params string[] detectors) =>
        CreateOn(RealKafka.Address(), test, records, redis, part, compacted, detectors);

    /// <summary>As <see cref="Create"/>, on a broker of the caller's choice.</summary>
    /// <param name="sources">As in <see cref="KnownLog"/>.</param>
    public static async Task<RedisLog> CreateOn(
        string kafka, string test, int records, RedisServer redis, double part, bool compacted, string[] detectors, Func<Random, int, int>? sources = null)
    {
        var name = $"{test}-{Environment.ProcessId}";
        var log = new KnownLog($"{name}-in", Partitions, records, seed: 7, detectors.Length == 0 ? null : Only(detectors), sources);
        await TopicContents.Create(kafka, [$"{name}-in", .. compacted ? [] : new TopicNames(name).All], Partitions);
        var profile = Path.Combine(Directory.CreateTempSubdirectory("assay-").FullName, "known.json");
        await File.WriteAllTextAsync(profile, KnownLog.Profile);
        string[] settings =
        [
            .. Flow.Settings(kafka, name, profile), "Kafka:Ingress:CommitInterval=00:00:00.1",
            $"Redis:Endpoints={redis.Address}", "Cluster:SiloPort=0", "Cluster:GatewayPort=0", "Cluster:AdvertisedAddress=127.0.0.1",
            "Cluster:SilenceLimit=00:00:03", .. detectors.Select((id, i) => $"Sources:Detectors:{i}={id}"),
        ];
        if (compacted)
            Assert.Equal(0, (await AssayCommand.Run("topics create", settings)).Code);
        var result = new RedisLog(kafka, name, log, settings);
        result.Fill(0, part);
        return result;
    }

    private static DetectorSet Only(string[] ids) =>
        new([.. ids.Select(DetectorCatalog.Get).Select(f => new KeyValuePair<IDetectorFactory, object>(f, Activator.CreateInstance(f.OptionsType)!))]);

    /// <summary>Records in a share of the log.</summary>
    public int Part(double share) => (int)(Records * share);

    /// <summary>Writes the log from one share of it to another.</summary>
    public void Fill(double from, double to) =>
        TopicContents.Fill(Kafka, Input, Log.Messages().Skip(Part(from)).Take(Part(to) - Part(from)));

    /// <summary>Next to read of each partition, as the group has committed it; 0 for nothing.</summary>
    public long[] Committed()
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = Kafka, GroupId = Name }).Build();
        return [.. consumer.Committed(Enumerable.Range(0, Partitions).Select(p => new TopicPartition(Input, p)),
            TimeSpan.FromSeconds(30)).Select(o => Math.Max(0, o.Offset.Value))];
    }

    /// <summary>Records of all partitions that the group has committed; −1 where the broker does not answer.</summary>
    public long CommittedInAll()
    {
        try
        {
            return Committed().Sum();
        }
        catch (KafkaException)
        {
            return -1;
        }
    }

    /// <summary>Waits until all is committed and marked: with exactly-once delivery state becomes durable after the commit.</summary>
    /// <param name="silo">One of those that judge, whose end ends the wait.</param>
    public async Task Saved(RedisServer redis, AssayProcess silo)
    {
        Flow.Wait(Kafka, Names, Partitions, silo, _ => Committed().Sum() == Records);
        using var states = new DurableStates(redis, this);
        await Flow.Until(() => states.Marked == Records, Limit);
    }

    /// <summary>Deletes what is committed from the input.</summary>
    /// <returns>Records deleted.</returns>
    public long DeleteCommitted()
    {
        var committed = Committed();
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Kafka }).Build();
        admin.DeleteRecordsAsync(committed.Select((offset, p) => new TopicPartitionOffset(Input, p, offset))).GetAwaiter().GetResult();
        return committed.Sum();
    }
}
