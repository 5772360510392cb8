using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Assay.Cluster.Tests;

/// <summary>The topic of dead letters takes nothing for a while: too few of its replicas are in step.</summary>
public sealed class DeadLetterTests
{
    private const int Partitions = RedisLog.Partitions;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Run_WhenDeadLettersAreUnavailableForAWhile_CommitsNothingBeyondThemAndLosesNone()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("dead", 45_000, redis, part: 0.3, compacted: false, "content-rules", "density", "volume");
        var plain = new PlainFold(log.Log);
        using var watch = new InvariantWatch(redis, log, plain);
        using var silo = new AssayProcess(log.Settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Part(0.3));

        await Insync(log, replicas: 2);
        var before = Dead(log);
        log.Fill(0.3, 1);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => silo.Output.Contains("fault area=outputs", StringComparison.Ordinal));
        await Flow.Until(() => silo.Ended, Away);
        Assert.Equal(before, Dead(log));

        // Every partition has a dead letter within its first records: 1 of 211.
        Assert.InRange(log.Committed().Sum(), log.Part(0.3), log.Part(0.3) + (2 * 211 * Partitions));
        await Insync(log, replicas: 1);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Records);
        Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        watch.Stop();

        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
    }

    private static long Dead(RedisLog log)
    {
        using var consumer = TopicContents.Consumer(log.Kafka);
        return TopicContents.Count(consumer, log.Names.DeadLetters, Partitions);
    }

    private static async Task Insync(RedisLog log, int replicas)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = log.Kafka }).Build();
        await admin.IncrementalAlterConfigsAsync(new Dictionary<ConfigResource, List<ConfigEntry>>
        {
            [new ConfigResource { Type = ResourceType.Topic, Name = log.Names.DeadLetters }] =
                [new ConfigEntry { Name = "min.insync.replicas", Value = $"{replicas}", IncrementalOperation = AlterConfigOpType.Set }],
        });
    }
}
