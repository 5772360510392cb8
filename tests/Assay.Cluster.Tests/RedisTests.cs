namespace Assay.Cluster.Tests;

/// <summary>State in Redis: kill -9, Redis away, emptied and gone back in time. Every verdict and score must be that of one fold of the log.</summary>
public sealed class RedisTests
{
    private const int Partitions = RedisLog.Partitions;
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(60);

    /// <summary>The second process cannot rebuild: what is committed is deleted from the input before it starts.</summary>
    [Fact]
    public async Task Run_WhenKilledPartWay_GoesOnFromTheCommitWithTheStateInRedis()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("redis-kill", 90_000, redis);

        using (var first = new AssayProcess(log.Settings))
        {
            Flow.Wait(log.Kafka, log.Names, Partitions, first, _ => log.Committed().Sum() > 0);
            first.Kill();
        }

        Assert.InRange(Flow.Judged(log.Kafka, log.Names, Partitions), 1, log.Records - 1);
        Assert.True(log.DeleteCommitted() > 0, "Nothing was committed before the kill.");
        await Finish(log, log.Records);
        Flow.Check(log.Kafka, log.Names, log.Log, Partitions);
    }

    /// <summary>One cluster of two: partitions move when the second joins and when one goes, and state goes with them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_WhenOneOfTwoSilosEnds_TheOtherGoesOnWithItsState(bool killed)
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create($"redis-two-{killed}", 45_000, redis, part: 0.3);
        using var founder = new AssayProcess(log.Settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, founder, _ => log.Committed().Sum() == log.Part(0.3));
        using var joiner = new AssayProcess(log.Settings);
        await Flow.Members(log.Kafka, log.Name, members: 2, Partitions);
        log.Fill(0.3, 0.7);
        Flow.Wait(log.Kafka, log.Names, Partitions, joiner, judged => judged >= log.Part(0.5));
        if (killed)
            founder.Kill();
        else
            Assert.True(await founder.Stop(StopTime) == 0, founder.Output);
        log.Fill(0.7, 1);
        Flow.Wait(log.Kafka, log.Names, Partitions, joiner, _ => log.Committed().Sum() == log.Records);
        Assert.True(await joiner.Stop(StopTime) == 0, joiner.Output);

        Flow.Check(log.Kafka, log.Names, log.Log, Partitions);
    }

    [Fact]
    public async Task Run_WhenRedisIsAwayForAWhile_CommitsNothingSaysSoOnceAndGoesOnByItself()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("redis-away", 60_000, redis, part: 0.3);
        using var silo = new AssayProcess(log.Settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Part(0.3));

        redis.Stop();
        log.Fill(0.3, 1);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => silo.Output.Contains("area=state", StringComparison.Ordinal));
        Assert.Equal(log.Part(0.3), log.Committed().Sum());
        redis.Start();
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Records);

        Assert.True(await silo.Stop(StopTime) == 0, silo.Output);
        Assert.Equal(1, silo.Output.Split("fault area=state").Length - 1);
        Flow.Check(log.Kafka, log.Names, log.Log, Partitions);
    }

    [Fact]
    public async Task Run_WhenRedisIsEmptiedUnderIt_StopsAndSaysWhatToDo()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("redis-emptied", 30_000, redis, part: 0.5);
        using var silo = new AssayProcess(log.Settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Part(0.5));

        Assert.Equal("OK", redis.Ask("FLUSHALL"));
        log.Fill(0.5, 1);

        Assert.Equal(2, await silo.Exit(StopTime));
        Assert.Contains("assay rebuild", silo.Output, StringComparison.Ordinal);
        Assert.Equal(log.Part(0.5), log.Committed().Sum());
    }

    [Fact]
    public async Task Run_WhenRedisComesBackEmpty_RefusesUntilTheStateIsRebuiltFromKafka()
    {
        using var redis = new RedisServer();
        var log = await RedisLog.Create("redis-empty", 40_000, redis, part: 0.5);
        await Finish(log, log.Part(0.5));
        redis.Stop();
        redis.Start();

        await Refuses(log, "holds nothing of it");
        log.Fill(0.5, 1);
        var (code, output) = await AssayCommand.Run("rebuild", log.Settings);
        Assert.True(code == 0, output);
        await Finish(log, log.Records);

        Flow.Check(log.Kafka, log.Names, log.Log, Partitions);
        Assert.Equal(log.Records, Flow.Judged(log.Kafka, log.Names, Partitions));
    }

    /// <summary>An older backup, restored by Redis' own means.</summary>
    [Theory]
    [InlineData("rebuild --keep-state", false)]
    [InlineData("rebuild", true)]
    public async Task Run_WhenRedisComesBackStale_RefusesUntilItIsToldToGoOn(string rebuild, bool discards)
    {
        using var redis = new RedisServer();
        var log = await RedisLog.Create($"redis-stale-{discards}", 60_000, redis, part: 0.3);
        await Finish(log, log.Part(0.3));
        var backup = redis.Backup();
        log.Fill(0.3, 0.6);
        await Finish(log, log.Part(0.6));
        redis.Stop();
        redis.Restore(backup);
        redis.Start();

        await Refuses(log, "gone back in time");
        log.Fill(0.6, 1);
        var (code, output) = await AssayCommand.Run(rebuild, log.Settings);
        Assert.True(code == 0, output);
        Assert.Equal(discards, output.Contains("discarded", StringComparison.Ordinal));
        await Finish(log, log.Records);

        Flow.Check(log.Kafka, log.Names, log.Log, Partitions);
        Assert.Equal(log.Records, Flow.Judged(log.Kafka, log.Names, Partitions));
    }

    [Fact]
    public async Task Rebuild_WhileASiloRuns_Refuses()
    {
        using var redis = new RedisServer();
        var log = await RedisLog.Create("redis-busy", 3_000, redis);
        using var silo = new AssayProcess(log.Settings);
        await Flow.Members(log.Kafka, log.Name, members: 1, Partitions);

        var (code, output) = await AssayCommand.Run("rebuild", log.Settings);

        Assert.Equal(2, code);
        Assert.Contains("active silos", output, StringComparison.Ordinal);
    }

    /// <summary>Runs until all of the log's first records are judged and committed, and ends in order.</summary>
    private static async Task Finish(RedisLog log, int records)
    {
        using var silo = new AssayProcess(log.Settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, judged => judged >= records && log.Committed().Sum() == records);
        Assert.True(await silo.Stop(StopTime) == 0, silo.Output);
    }

    private static async Task Refuses(RedisLog log, string because)
    {
        using var silo = new AssayProcess(log.Settings);
        Assert.Equal(2, await silo.Exit(StopTime));
        Assert.Contains(because, silo.Output, StringComparison.Ordinal);
        Assert.Contains("assay rebuild", silo.Output, StringComparison.Ordinal);
    }
}
