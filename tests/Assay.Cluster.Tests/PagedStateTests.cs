namespace Assay.Cluster.Tests;

/// <summary>Shards whose state is too large for one value: kill -9 between the pages and the value that names them.</summary>
public sealed class PagedStateTests
{
    private const int Partitions = RedisLog.Partitions;
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(60);

    /// <summary>What is committed is deleted from the input before each start: only the state in Redis can go on.</summary>
    [Fact]
    public async Task Run_WhenKilledBetweenPagesAndValue_GoesOnFromTheStateBefore()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("paged-kill", 90_000, redis);
        foreach (var passage in new[] { 1, 3, 6 })
        {
            using var dying = new AssayProcess(log.Settings, new Dictionary<string, string> { ["ASSAY_FAILPOINT"] = $"after-pages:{passage}" });
            Assert.True(await dying.Exit(TimeSpan.FromMinutes(4)) == 137, dying.Output);
            log.DeleteCommitted();
        }

        Assert.Contains("/pages/source/", redis.Ask("KEYS", "*/pages/source/*"), StringComparison.Ordinal);
        using var last = new AssayProcess(log.Settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, last, judged => judged >= log.Records && log.Committed().Sum() == log.Records);
        Assert.True(await last.Stop(StopTime) == 0, last.Output);
        Flow.Check(log.Kafka, log.Names, log.Log, Partitions);
    }
}
