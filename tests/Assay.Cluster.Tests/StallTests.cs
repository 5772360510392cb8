namespace Assay.Cluster.Tests;

/// <summary>A process that stands still for longer than the others wait, holding batches, outputs and commits, and then goes on with them.</summary>
public sealed class StallTests
{
    private const int Records = 60_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Detectors = ["content-rules", "density", "volume"];

    [Fact]
    public async Task Run_WhenAnOwnerStandsStillPastTheSessionTimeout_LosesNothingAndItEndsWithAMessageOrComesBack()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("stall", Records, redis, part: 0.1, compacted: false, Detectors);
        var plain = new PlainFold(log.Log);
        using var watch = new InvariantWatch(redis, log, plain);
        using var stalled = new AssayProcess(log.Settings);
        using var one = new AssayProcess(log.Settings);
        using var two = new AssayProcess(log.Settings);
        await Flow.Members(log.Kafka, log.Name, members: 3, RedisLog.Partitions);

        // In the middle of its work, with more to come.
        log.Fill(0.1, 0.4);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, judged => judged >= log.Part(0.15));
        stalled.Pause();
        log.Fill(0.4, 0.6);
        await Flow.Members(log.Kafka, log.Name, members: 2, RedisLog.Partitions);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, _ => log.Committed().Sum() == log.Part(0.6));
        stalled.Resume();
        await Flow.Until(() => stalled.Ended, TimeSpan.FromSeconds(20));
        log.Fill(0.6, 1);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, _ => log.Committed().Sum() == log.Records);
        foreach (var silo in new[] { one, two })
            Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        TestContext.Current.SendDiagnosticMessage($"ended {stalled.Ended}: {stalled.Output}");
        watch.Stop();

        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
    }
}
