using System.Diagnostics;

namespace Assay.Cluster.Tests;

/// <summary>Three processes, one cluster, kill -9 in every gap between apply, produce, acknowledgement, checkpoint, mark and commit (DATA-PLANE rule 7).</summary>
public sealed class KillTests
{
    private const int Killed = 137;
    private const int Parts = 4;
    private static readonly string[] Gaps = ["after-apply", "after-produce", "after-acknowledge", "after-checkpoint", "after-mark", "after-commit"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Six kills; with <c>ASSAY_SOAK_MINUTES</c> 21 kills over 2.1 million records, again and again until the time is over. <c>ASSAY_SOAK_SEED</c>, which
    /// every round prints, repeats one.
    /// </summary>
    [Fact]
    public async Task Run_WhenKilledInEveryGap_LosesNothingCountsNothingTwiceAndKeepsEveryVerdict()
    {
        if (Environment.GetEnvironmentVariable("ASSAY_SOAK_MINUTES") is not { Length: > 0 } minutes)
        {
            await Kill(Gaps.Length, recordsPerKill: 20_000, seed: 3);
            return;
        }

        var seed = int.Parse(Environment.GetEnvironmentVariable("ASSAY_SOAK_SEED") ?? "1");
        var start = Stopwatch.GetTimestamp();
        do
            await Kill(21, recordsPerKill: 100_000, seed++);
        while (Stopwatch.GetElapsedTime(start).TotalMinutes < int.Parse(minutes));
    }

    private static async Task Kill(int kills, int recordsPerKill, int seed)
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create($"kills-{seed}", kills * recordsPerKill, redis, part: 0, compacted: false, "content-rules", "density", "volume");
        var plain = new PlainFold(log.Log);
        var random = new Random(seed);
        using var parts = log.Log.Messages().Chunk(recordsPerKill / Parts).GetEnumerator();
        Say($"{kills} kills over {log.Records} records, seed {seed}");
        using var watch = new InvariantWatch(redis, log, plain);
        using var one = new AssayProcess(log.Settings);
        using var two = new AssayProcess(log.Settings);
        for (var kill = 0; kill < kills; kill++)
        {
            var failpoint = $"{Gaps[kill % Gaps.Length]}:{random.Next(1, 6)}";
            var start = Stopwatch.GetTimestamp();
            using var doomed = new AssayProcess([.. log.Settings, $"Kafka:ClientId=doomed-{kill}"], new Dictionary<string, string> { ["ASSAY_FAILPOINT"] = failpoint });
            await Flow.Members(log.Kafka, log.Name, members: 3, RedisLog.Partitions, $"doomed-{kill}-", or: () => doomed.Ended);
            for (var part = 0; part < Parts && parts.MoveNext(); part++)
            {
                TopicContents.Fill(log.Kafka, log.Input, parts.Current);
                await Flow.Until(() => doomed.Ended, TimeSpan.FromSeconds(5));
            }

            await Flow.Until(() => doomed.Ended, Limit);
            Assert.True(doomed.Ended, $"{failpoint} is not passed.\n{doomed.Output}\n{one.Output}\n{two.Output}");
            Assert.Equal(Killed, await doomed.Exit(Limit));
            var judged = Flow.Judged(log.Kafka, log.Names, RedisLog.Partitions);
            Say($"kill {kill + 1} {failpoint} after {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, {judged} verdicts");
        }

        while (parts.MoveNext())
            TopicContents.Fill(log.Kafka, log.Input, parts.Current);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, one, _ => log.Committed().Sum() == log.Records);
        foreach (var silo in new[] { one, two })
            Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        watch.Stop();

        Say($"{watch.Looks} looks; {Flow.Judged(log.Kafka, log.Names, RedisLog.Partitions)} verdicts and dead letters for {log.Records} records");
        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
    }

    private static void Say(string line) => TestContext.Current.SendDiagnosticMessage(line);
}
