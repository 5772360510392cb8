using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>An owner that stands still for longer than the group waits, with batches, outputs and commits in its hands, and then goes on with them.</summary>
public sealed class StallTests
{
    private const int Unreachable = 3;
    private const string Client = "stalled";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Detectors = ["content-rules", "density", "volume"];

    /// <summary>The cluster takes it for dead within 3 s, and it ends; or waits a minute, and it comes back with the grains that the next owner needs.</summary>
    [Theory]
    [InlineData("00:00:03", true)]
    [InlineData("00:01:00", false)]
    public async Task Run_WhenAnOwnerStandsStillPastTheSessionTimeout_LosesNothingAndItEndsWithAMessageOrComesBack(string silence, bool ends)
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.CreateOn(RealKafka.Address(), $"stall-{ends}", 60_000, redis, part: 0.1, compacted: false, Detectors);
        var plain = new PlainFold(log.Log);
        string[] settings = [.. log.Settings, $"Cluster:SilenceLimit={silence}"];
        using var watch = new InvariantWatch(redis, log, plain);
        using var stalled = new AssayProcess([.. settings, $"Kafka:ClientId={Client}"]);
        using var one = new AssayProcess(settings);
        using var two = new AssayProcess(settings);
        await Flow.Members(log.Kafka, log.Name, members: 3, RedisLog.Partitions);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, _ => log.Committed().Sum() == log.Part(0.1));

        // In the middle of its work, with more of it to come.
        var owned = (await Flow.Owned(log.Kafka, log.Name, Client)).Select(p => p.Partition.Value).ToList();
        var before = Verdicts(log, owned);
        log.Fill(0.1, 0.6);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, stalled, _ => Verdicts(log, owned) > before);
        stalled.Pause();
        await Flow.Members(log.Kafka, log.Name, members: 2, RedisLog.Partitions);
        if (ends)
            Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, _ => log.Committed().Sum() == log.Part(0.6));
        stalled.Resume();
        if (ends)
        {
            Assert.True(await stalled.Exit(Limit) == Unreachable, stalled.Output);
            Assert.Contains("taken this one for dead", stalled.Output, StringComparison.Ordinal);
        }
        else
        {
            await Flow.Members(log.Kafka, log.Name, members: 3, RedisLog.Partitions, Client);
        }

        log.Fill(0.6, 1);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, _ => log.Committed().Sum() == log.Records);
        foreach (var silo in ends ? new[] { one, two } : [one, two, stalled])
            Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        watch.Stop();

        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
    }

    private static long Verdicts(RedisLog log, List<int> partitions)
    {
        using var consumer = TopicContents.Consumer(log.Kafka);
        return partitions.Sum(p => consumer.QueryWatermarkOffsets(new TopicPartition(log.Names.Verdicts, p), Limit).High.Value);
    }
}
