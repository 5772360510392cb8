namespace Assay.Cluster.Tests;

/// <summary>State in Redis: kill -9, Redis away, empty and gone back in time. Every verdict and score must be that of one fold of the log.</summary>
public sealed class RedisTests
{
    private const int Partitions = 3;

    /// <summary>The second process cannot rebuild: what is committed is deleted from the input before it starts.</summary>
    [Fact]
    public async Task Run_WhenKilledPartWay_GoesOnFromTheCommitWithTheStateInRedis()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("redis-kill", 150_000, redis);
        var names = log.Names;

        using (var first = new AssayProcess(log.Settings))
        {
            Flow.Wait(log.Kafka, names, Partitions, first, _ => log.Committed().Sum() > 0);
            first.Kill();
        }

        Assert.InRange(Flow.Judged(log.Kafka, names, Partitions), 1, log.Records - 1);
        Assert.True(log.DeleteCommitted() > 0, "Nothing was committed before the kill.");
        using (var second = new AssayProcess(log.Settings))
        {
            Flow.Wait(log.Kafka, names, Partitions, second, judged => judged >= log.Records);
            Assert.True(await second.Stop(TimeSpan.FromSeconds(40)) == 0, second.Output);
        }

        Flow.Check(log.Kafka, names, log.Log, Partitions);
    }
}
