using System.Diagnostics;

namespace Assay.Cluster.Tests;

/// <summary>Three processes, one of which dies, or whose Redis goes away: how long it takes, what it costs, and that nothing is lost by it.</summary>
[Collection("alone")]
public sealed class OutageTests
{
    private const long MoreMemory = 200L * 1024 * 1024;
    private const int RecordsPerSecond = 10_000;
    private static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Detectors = ["content-rules", "density", "volume"];

    [Fact]
    public async Task Run_WhenASiloIsKilled_ItsPartitionsAreJudgedAgainWithinTheSessionTimeoutAndFiveSeconds()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("death", 30_000, redis, part: 0.5, compacted: false, [.. Detectors]);
        using var dying = new AssayProcess(log.Settings);
        using var one = new AssayProcess(log.Settings);
        using var two = new AssayProcess(log.Settings);
        await Flow.Members(log.Kafka, log.Name, members: 3, RedisLog.Partitions);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, _ => log.Committed().Sum() == log.Part(0.5));

        var start = Stopwatch.GetTimestamp();
        dying.Kill();
        log.Fill(0.5, 0.6);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, judged => judged >= log.Part(0.6));
        var took = Stopwatch.GetElapsedTime(start);
        TestContext.Current.SendDiagnosticMessage(
            $"From the kill to the last verdict of its partitions: {took.TotalSeconds:F1} s with a session timeout of {SessionTimeout.TotalSeconds} s");
        Assert.InRange(took, TimeSpan.Zero, SessionTimeout + TimeSpan.FromSeconds(5));

        log.Fill(0.6, 1);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, _ => log.Committed().Sum() == log.Records);
        foreach (var silo in new[] { one, two })
            Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        Assert.Empty(Outcome.Check(log, redis, new PlainFold(log.Log)));
    }

    /// <summary><c>ASSAY_OUTAGE_SECONDS</c>, 20 by default.</summary>
    [Fact]
    public async Task Run_WhenRedisIsAwayForAWhile_MemoryIsBoundedAndAllThreeGoOnByThemselves()
    {
        var outage = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("ASSAY_OUTAGE_SECONDS") ?? "20"));
        var records = RecordsPerSecond * (int)outage.TotalSeconds;
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("outage", records, redis, part: 0.2, compacted: false, [.. Detectors]);
        var plain = new PlainFold(log.Log);
        AssayProcess[] silos = [new(log.Settings), new(log.Settings), new(log.Settings)];
        try
        {
            await Flow.Members(log.Kafka, log.Name, members: 3, RedisLog.Partitions);
            Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, silos[0], _ => log.Committed().Sum() == log.Part(0.2));
            var before = silos.Max(s => s.Memory);

            redis.Stop();
            log.Fill(0.2, 1);
            var (start, most) = (Stopwatch.GetTimestamp(), 0L);
            await Flow.Until(() => (most = Math.Max(most, silos.Max(s => s.Memory))) < 0, outage);
            Assert.Equal(log.Part(0.2), log.Committed().Sum());
            redis.Start();
            var back = Stopwatch.GetTimestamp();
            Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, silos[0], _ => log.Committed().Sum() > log.Part(0.2));
            TestContext.Current.SendDiagnosticMessage(
                $"Redis away for {Stopwatch.GetElapsedTime(start, back).TotalSeconds:F0} s: memory of a silo at most {before >> 20} MiB before and {most >> 20} MiB meanwhile; "
                + $"the first commit {Stopwatch.GetElapsedTime(back).TotalSeconds:F1} s after its return");
            Assert.InRange(most - before, long.MinValue, MoreMemory);

            Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, silos[0], _ => log.Committed().Sum() == log.Records);
            foreach (var silo in silos)
                Assert.True(await silo.Stop(Limit) == 0, silo.Output);
            Assert.Empty(Outcome.Check(log, redis, plain));
        }
        finally
        {
            Array.ForEach(silos, s => s.Dispose());
        }
    }
}
