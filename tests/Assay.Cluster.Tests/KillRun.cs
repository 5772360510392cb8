using System.Diagnostics;

namespace Assay.Cluster.Tests;

/// <summary>A log that is judged by three processes, of which one after the other is killed in a gap while the log comes.</summary>
internal static class KillRun
{
    private const int Killed = 137;
    private const int MaxPassages = 5;
    private const int Parts = MaxPassages + 1;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Judges all of it, and asserts what holds for every delivery.</summary>
    /// <param name="gaps">Failpoints by name, in turn.</param>
    public static async Task Over(RedisLog log, RedisServer redis, string[] gaps, int kills, int seed, bool exactlyOnce = false)
    {
        var settings = log.Delivering(exactlyOnce);
        var plain = new PlainFold(log.Log);
        var random = new Random(seed);
        using var parts = log.Log.Messages().Chunk(log.Records / kills / Parts).GetEnumerator();
        Say($"{kills} kills over {log.Records} records, seed {seed}");
        using var watch = new InvariantWatch(redis, log, plain, exactlyOnce);
        using var one = new AssayProcess(settings);
        using var two = new AssayProcess(settings);
        for (var kill = 0; kill < kills; kill++)
        {
            var failpoint = $"{gaps[kill % gaps.Length]}:{random.Next(1, MaxPassages + 1)}";
            var start = Stopwatch.GetTimestamp();
            using var doomed = new AssayProcess([.. settings, $"Kafka:ClientId=doomed-{kill}"], new Dictionary<string, string> { ["ASSAY_FAILPOINT"] = failpoint });
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
        await log.Saved(redis, one);
        foreach (var silo in new[] { one, two })
            Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        watch.Stop();

        Say($"{watch.Looks} looks; {Flow.Judged(log.Kafka, log.Names, RedisLog.Partitions)} verdicts and dead letters for {log.Records} records");
        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
    }

    private static void Say(string line) => TestContext.Current.SendDiagnosticMessage(line);
}
