namespace Assay.Cluster.Tests;

/// <summary>A Redis that answers late, or does what it is asked and does not say so before the process is gone.</summary>
public sealed class SlowRedisTests
{
    private const int Partitions = RedisLog.Partitions;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly string[] Detectors = ["content-rules", "density", "volume"];

    /// <summary>Late answers are waited for. None within the timeout is a fault that is said; whether those writes took effect is not known to the silo, and they did.</summary>
    [Fact]
    public async Task Run_WhenRedisAnswersLateAndThenNotInTime_GoesOnAndCountsNothingTwice()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        using var proxy = new RedisProxy(redis);
        var log = await RedisLog.Create("slow", 45_000, redis, part: 0.3, compacted: false, Detectors);
        var plain = new PlainFold(log.Log);
        using var watch = new InvariantWatch(redis, log, plain);
        using var silo = new AssayProcess([.. log.Settings, $"Redis:Endpoints={proxy.Address}", $"Redis:Timeout={Timeout}"]);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Part(0.3));

        proxy.Delay = Late;
        log.Fill(0.3, 0.6);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Part(0.6));
        Assert.DoesNotContain("fault area=state", silo.Output, StringComparison.Ordinal);

        proxy.WithholdAt("/state/source/", () => { });
        log.Fill(0.6, 1);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => silo.Output.Contains("fault area=state", StringComparison.Ordinal));
        var committed = log.Committed().Sum();
        await Flow.Until(() => log.Committed().Sum() > committed, 2 * Timeout);
        Assert.Equal(committed, log.Committed().Sum());
        proxy.Delay = TimeSpan.Zero;
        proxy.Release();
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Records);
        Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        watch.Stop();

        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
    }

    /// <summary>The state of shards, or the mark of a partition, stands in Redis, and whoever wrote it dies without having heard so.</summary>
    [Theory]
    [InlineData("/state/source/")]
    [InlineData("/wm/")]
    public async Task Run_WhenKilledBetweenAWriteAndItsReply_GoesOnFromWhatWasWritten(string key)
    {
        using var redis = new RedisServer("--appendonly", "yes");
        using var proxy = new RedisProxy(redis);
        var log = await RedisLog.Create($"reply{key.Replace('/', '-')}", 45_000, redis, part: 0.3, compacted: false, Detectors);
        var plain = new PlainFold(log.Log);
        using var watch = new InvariantWatch(redis, log, plain);
        using (var dying = new AssayProcess([.. log.Settings, $"Redis:Endpoints={proxy.Address}"]))
        {
            Flow.Wait(log.Kafka, log.Names, Partitions, dying, _ => log.Committed().Sum() == log.Part(0.3));
            var before = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            proxy.WithholdAt(key, () => before.SetResult(Written(redis, log, key)));
            log.Fill(0.3, 0.7);
            var known = await before.Task.WaitAsync(Limit);
            Flow.Wait(log.Kafka, log.Names, Partitions, dying, _ => Written(redis, log, key) > known);
            dying.Kill();
        }

        using var next = new AssayProcess(log.Settings);
        log.Fill(0.7, 1);
        Flow.Wait(log.Kafka, log.Names, Partitions, next, _ => log.Committed().Sum() == log.Records);
        Assert.True(await next.Stop(Limit) == 0, next.Output);
        watch.Stop();

        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
    }

    /// <summary>How far what lies in Redis reaches, over all shards or partitions.</summary>
    private static long Written(RedisServer redis, RedisLog log, string key)
    {
        using var states = new DurableStates(redis, log);
        return key == "/wm/" ? states.Marked : states.Read().Values.Sum(s => s.GetProperty("last_offset").GetInt64());
    }
}
