using System.Diagnostics;

namespace Assay.Cluster.Tests;

/// <summary>kill -9 of brokers, of a Kafka of the test's own.</summary>
public sealed class BrokerTests
{
    private const int Partitions = RedisLog.Partitions;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private const long MoreMemory = 200L * 1024 * 1024;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("ASSAY_OUTAGE_SECONDS") ?? "5"));
    private static readonly string[] Detectors = ["content-rules", "density", "volume"];

    /// <summary>How many brokers, and whether delivery is exactly once: with <c>ASSAY_SOAK_MINUTES</c> only.</summary>
    public static TheoryData<int, bool> Cases => Environment.GetEnvironmentVariable("ASSAY_SOAK_MINUTES") is { Length: > 0 }
        ? new() { { 1, false }, { 3, false }, { 1, true }, { 3, true } }
        : new() { { 1, false }, { 3, false } };

    /// <summary>
    /// Alone: nothing moves until it is back (<c>ASSAY_OUTAGE_SECONDS</c>, 5 by default), and memory stays bounded. One of three, with two of three
    /// replicas in step asked for: the others carry on, and then the next one dies.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Run_WhenABrokerIsKilledAndComesBack_LosesNothingAndGoesOnByItself(int nodes, bool exactlyOnce)
    {
        using var kafka = new KafkaServer(nodes);
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.CreateOn(kafka.Address, $"broker-{nodes}-{exactlyOnce}", 60_000, redis, part: 0.2, compacted: false, Detectors);
        var plain = new PlainFold(log.Log);
        var settings = log.Delivering(exactlyOnce);
        using var watch = new InvariantWatch(redis, log, plain, exactlyOnce);
        using var one = new AssayProcess(settings);
        using var two = new AssayProcess(settings);
        await Flow.Members(log.Kafka, log.Name, members: 2, Partitions);
        Flow.Wait(log.Kafka, log.Names, Partitions, one, _ => log.Committed().Sum() == log.Part(0.2));
        log.Fill(0.2, 0.6);
        Flow.Wait(log.Kafka, log.Names, Partitions, one, judged => judged > log.Part(0.25));

        var before = Math.Max(one.Memory, two.Memory);
        kafka.Kill(1);
        if (nodes == 1)
        {
            var most = before;
            await Flow.Until(
                () =>
                {
                    most = Math.Max(most, Math.Max(one.Memory, two.Memory));
                    return one.Ended || two.Ended;
                },
                Outage);
            Assert.InRange(most - before, 0, MoreMemory);
            TestContext.Current.SendDiagnosticMessage($"Kafka away for {Outage.TotalSeconds} s: memory of a silo at most {before >> 20} MiB before and {most >> 20} MiB meanwhile");
        }
        else
        {
            await Flow.Until(() => one.Ended || two.Ended || log.CommittedInAll() == log.Part(0.6), Limit);
            Assert.True(log.CommittedInAll() == log.Part(0.6), $"{log.CommittedInAll()} of {log.Part(0.6)} are committed.\n{one.Output}\n{two.Output}");
        }

        kafka.Start(1);
        var back = Stopwatch.GetTimestamp();
        if (nodes == 3)
        {
            log.Fill(0.6, 0.8);
            Flow.Wait(log.Kafka, log.Names, Partitions, one, judged => judged > log.Part(0.65));
            kafka.Kill(2);
            kafka.Start(2);
        }

        log.Fill(nodes == 1 ? 0.6 : 0.8, 1);
        Flow.Wait(log.Kafka, log.Names, Partitions, one, _ => log.Committed().Sum() > log.Part(nodes == 1 ? 0.6 : 0.8));
        TestContext.Current.SendDiagnosticMessage($"Committed on {Stopwatch.GetElapsedTime(back).TotalSeconds:F1} s after the broker's return");
        await log.Saved(redis, one);
        foreach (var silo in new[] { one, two })
            Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        watch.Stop();

        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
        if (exactlyOnce)
            Assert.Empty(OnceCheck.Check(log));
    }
}
