namespace Assay.Cluster.Tests;

/// <summary>All three silos of a cluster are restarted in order, one after the other, while records come.</summary>
public sealed class RollingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Partitions leave in the middle of batches, and come back. Each stop drains; what is repeated are dead letters of partitions that others read again
    /// because Orleans takes grains down whose directory entry lay with the silo that went (ADR 21). With <c>ASSAY_TEST_BEFORE</c>, the path of an
    /// <c>assay.dll</c> of an earlier version, the first three silos are of that version: an upgrade.
    /// </summary>
    [Fact]
    public async Task Run_WhenEverySiloIsRestartedUnderLoad_LosesNothingAndRepeatsLittle()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("rolling", 90_000, redis, part: 0.1, compacted: false, "content-rules", "density", "volume");
        var plain = new PlainFold(log.Log);
        using var watch = new InvariantWatch(redis, log, plain);
        var before = Environment.GetEnvironmentVariable("ASSAY_TEST_BEFORE");
        AssayProcess[] silos = [.. Enumerable.Range(0, 3).Select(_ => new AssayProcess(log.Settings, new Dictionary<string, string>(), before))];
        try
        {
            await Flow.Members(log.Kafka, log.Name, members: 3, RedisLog.Partitions);
            for (var n = 0; n < silos.Length; n++)
            {
                var from = 0.1 + (0.3 * n);
                log.Fill(from, from + 0.15);
                var stop = silos[n].Stop(Limit);
                log.Fill(from + 0.15, from + 0.3);
                Assert.True(await stop == 0, silos[n].Output);
                silos[n].Dispose();
                silos[n] = new AssayProcess([.. log.Settings, $"Kafka:ClientId=again-{n}"]);
                await Flow.Members(log.Kafka, log.Name, members: 3, RedisLog.Partitions, $"again-{n}");
            }

            Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, silos[0], _ => log.Committed().Sum() == log.Records);
            foreach (var silo in silos)
                Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        }
        finally
        {
            Array.ForEach(silos, s => s.Dispose());
        }

        watch.Stop();
        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
        Assert.InRange(Flow.Judged(log.Kafka, log.Names, RedisLog.Partitions), log.Records, log.Records + (log.Records / 100));
    }
}
