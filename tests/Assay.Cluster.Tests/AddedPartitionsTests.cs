using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Assay.Cluster.Tests;

/// <summary>An input topic gets partitions under a running silo.</summary>
public sealed class AddedPartitionsTests
{
    private const int Added = 2;
    private const int Each = 200;
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_WhenTheInputGetsPartitions_ReadsThemWithoutARestartOnceTopicsCreateMadeRoomForTheirVerdicts()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("added", 6_000, redis, part: 0.5, compacted: true);
        var settings = log.Settings.Append("Kafka:MetadataInterval=00:00:01").ToArray();
        using var silo = new AssayProcess(settings);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, silo, _ => log.Committed().Sum() == log.Part(0.5));

        using (var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = log.Kafka }).Build())
            await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = log.Input, IncreaseTo = RedisLog.Partitions + Added }]);
        log.Fill(0.5, 1);
        TopicContents.Fill(log.Kafka, log.Input, log.Log.Messages().Take(Added * Each).Select((m, i) => (RedisLog.Partitions + (i % Added), m.Value)));
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, silo, _ =>
            silo.Output.Split("rule=verdicts").Length - 1 >= Added && log.Committed().Sum() == log.Records);

        var topics = await AssayCommand.Run("topics", settings);
        Assert.True(topics.Code == 2 && topics.Output.Contains("'assay topics create'", StringComparison.Ordinal), topics.Output);
        var created = await AssayCommand.Run("topics create", settings);
        Assert.True(created.Code == 0, created.Output);
        Assert.Contains($"{log.Names.Verdicts} has {RedisLog.Partitions + Added} partitions now", created.Output, StringComparison.Ordinal);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, silo, _ => Committed(log).TrueForAll(o => o == Each));

        Assert.True(await silo.Stop(StopTime) == 0, silo.Output);
        Assert.Equal(RedisLog.Partitions + Added, TopicContents.Read(log.Kafka, log.Names.Verdicts, RedisLog.Partitions + Added).Select(m => m.Partition.Value).Distinct().Count());
        Assert.Equal(1, silo.Output.Split("has got partitions").Length - 1);
        Assert.DoesNotContain("not keyed by source", silo.Output, StringComparison.Ordinal);
    }

    private static List<long> Committed(RedisLog log)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = log.Kafka, GroupId = log.Name }).Build();
        return consumer.Committed(Enumerable.Range(RedisLog.Partitions, Added).Select(p => new TopicPartition(log.Input, p)), StopTime).ConvertAll(o => o.Offset.Value);
    }
}
