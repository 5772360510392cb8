using System.Diagnostics;

namespace Assay.Cluster.Tests;

/// <summary>Three processes, a Kafka and a Redis of their own, and whatever befalls them in an order drawn by a seed.</summary>
public sealed class FaultTests
{
    private const int RecordsPerFault = 20_000;
    private const int Silos = 3;
    private const int Killed = 137;
    private const int Unreachable = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string[] Detectors = ["content-rules", "density", "volume"];

    private enum Fault
    {
        KillSilo,
        HaltSilo,
        StopRedis,
        KillRedis,
        HaltBroker,
        KillBroker,
    }

    /// <summary>
    /// Two faults; with <c>ASSAY_SOAK_MINUTES</c> twelve under each kind of delivery, again and again until the time is over. <c>ASSAY_SOAK_SEED</c>, which
    /// every round prints, draws the same again.
    /// </summary>
    [Fact]
    public async Task Run_UnderFaultsDrawnAtRandom_LosesNothingCountsNothingTwiceAndKeepsEveryVerdict()
    {
        if (Environment.GetEnvironmentVariable("ASSAY_SOAK_MINUTES") is not { Length: > 0 } minutes)
        {
            await Endure(faults: 2, seed: 4, exactlyOnce: false);
            return;
        }

        var seed = int.Parse(Environment.GetEnvironmentVariable("ASSAY_SOAK_SEED") ?? "1");
        var start = Stopwatch.GetTimestamp();
        do
        {
            await Endure(faults: 12, seed, exactlyOnce: true);
            await Endure(faults: 12, seed++, exactlyOnce: false);
        }
        while (Stopwatch.GetElapsedTime(start).TotalMinutes < int.Parse(minutes));
    }

    private static async Task Endure(int faults, int seed, bool exactlyOnce)
    {
        using var kafka = new KafkaServer(nodes: 1);
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.CreateOn(kafka.Address, $"faults-{seed}-{exactlyOnce}", faults * RecordsPerFault, redis, part: 0, compacted: false, Detectors);
        var settings = log.Delivering(exactlyOnce);
        var plain = new PlainFold(log.Log);
        var random = new Random(seed);
        using var parts = log.Log.Messages().Chunk(RecordsPerFault).GetEnumerator();
        using var watch = new InvariantWatch(redis, log, plain, exactlyOnce);
        var silos = Enumerable.Range(0, Silos).Select(_ => new AssayProcess(settings)).ToArray();
        try
        {
            await Flow.Members(log.Kafka, log.Name, Silos, RedisLog.Partitions);
            for (var n = 1; parts.MoveNext(); n++)
            {
                var fault = (Fault)random.Next(Enum.GetValues<Fault>().Length);
                var (victim, lasts) = (silos[random.Next(Silos)], TimeSpan.FromMilliseconds(random.Next(12_000)));
                Say($"seed {seed}{(exactlyOnce ? ", exactly once" : "")}, fault {n} of {faults}: {fault} for {lasts.TotalSeconds:F1} s");
                TopicContents.Fill(log.Kafka, log.Input, parts.Current);
                await Flow.Until(() => false, TimeSpan.FromMilliseconds(random.Next(1_000)));
                await Befall(fault, lasts, victim, kafka, redis);
                await Recover(log, silos, settings, n * RecordsPerFault);
            }

            // With exactly-once delivery state follows the commit.
            await log.Saved(redis, silos[0]);
            foreach (var silo in silos)
                Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        }
        finally
        {
            Array.ForEach(silos, s => s.Dispose());
        }

        watch.Stop();
        Say($"seed {seed}: {watch.Looks} looks; {Flow.Judged(log.Kafka, log.Names, RedisLog.Partitions)} verdicts and dead letters for {log.Records} records");
        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
        if (exactlyOnce)
            Assert.Empty(OnceCheck.Check(log));
    }

    private static async Task Befall(Fault fault, TimeSpan lasts, AssayProcess victim, KafkaServer kafka, RedisServer redis)
    {
        switch (fault)
        {
            case Fault.KillSilo:
                victim.Kill();
                return;
            case Fault.HaltSilo:
                victim.Pause();
                break;
            case Fault.StopRedis:
                redis.Stop();
                break;
            case Fault.KillRedis:
                redis.Kill();
                break;
            case Fault.HaltBroker:
                kafka.Pause(1);
                break;
            case Fault.KillBroker:
                kafka.Kill(1);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "Nobody knows how.");
        }

        await Flow.Until(() => false, lasts);
        switch (fault)
        {
            case Fault.HaltSilo:
                victim.Resume();
                break;
            case Fault.StopRedis or Fault.KillRedis:
                redis.Start();
                break;
            case Fault.HaltBroker:
                kafka.Resume(1);
                break;
            default:
                kafka.Start(1);
                break;
        }
    }

    /// <summary>Until all is committed, with new processes in the place of those that have ended.</summary>
    private static async Task Recover(RedisLog log, AssayProcess[] silos, string[] settings, long records)
    {
        await Flow.Until(() => Replace(silos, settings) == Silos && log.CommittedInAll() == records, Limit);
        Assert.True(log.CommittedInAll() == records, $"{log.CommittedInAll()} of {records} are committed.\n{string.Join('\n', silos.Select(s => s.Output))}");
        await Flow.Members(log.Kafka, log.Name, Silos, RedisLog.Partitions, or: () => Replace(silos, settings) == 0);
    }

    /// <returns>How many run.</returns>
    private static int Replace(AssayProcess[] silos, string[] settings)
    {
        for (var i = 0; i < silos.Length; i++)
        {
            if (silos[i].Code is not { } code)
                continue;
            Assert.True(code is Killed or Unreachable, silos[i].Output);
            silos[i].Dispose();
            silos[i] = new AssayProcess(settings);
        }

        return silos.Length;
    }

    private static void Say(string line) => TestContext.Current.SendDiagnosticMessage(line);
}
