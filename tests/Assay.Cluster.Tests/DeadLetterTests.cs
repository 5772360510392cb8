using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>The topic of dead letters is deleted under a silo, and made again.</summary>
public sealed class DeadLetterTests
{
    private const int Partitions = RedisLog.Partitions;

    /// <summary>Of a source: one in 211 of all.</summary>
    private const int RecordsToTheFirst = 2 * 211;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Run_WhenDeadLettersAreUnavailableForAWhile_CommitsNothingBeyondThemAndLosesNone()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("dead", 30_000, redis, part: 0, compacted: false, "content-rules", "density", "volume");
        var plain = new PlainFold(log.Log);
        using var watch = new InvariantWatch(redis, log, plain);
        using var silo = new AssayProcess(log.Settings);
        await Flow.Members(log.Kafka, log.Name, members: 1, Partitions);
        using (var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = log.Kafka }).Build())
            await admin.DeleteTopicsAsync([log.Names.DeadLetters]);

        log.Fill(0, 1);
        await Flow.Until(() => silo.Ended || silo.Output.Contains("fault area=outputs", StringComparison.Ordinal), Limit);
        await Flow.Until(() => silo.Ended, Away);
        Assert.Contains("fault area=outputs", silo.Output, StringComparison.Ordinal);
        Assert.InRange(log.Committed().Sum(), 0, RecordsToTheFirst * Partitions);
        await TopicContents.Create(log.Kafka, [log.Names.DeadLetters], Partitions);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Records);
        Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        watch.Stop();

        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
    }
}
