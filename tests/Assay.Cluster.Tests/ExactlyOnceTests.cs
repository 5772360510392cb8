using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>
/// Exactly-once delivery under kill -9, rebalances and owners that stall (DATA-PLANE rule 8, invariant 9): a reader of committed messages sees each record once.
/// </summary>
public sealed class ExactlyOnceTests
{
    private const int Partitions = RedisLog.Partitions;
    private const int Parts = 8;
    private const string Twice = "come more than once";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Detectors = ["content-rules", "density", "volume"];

    /// <summary>In the order of a record's way.</summary>
    private static readonly string[] Gaps =
        ["after-apply", "after-produce", "after-acknowledge", "after-mark", "after-offsets", "after-transaction", "after-checkpoint"];

    [Fact]
    public async Task Run_WhenKilledInEveryGap_AReaderOfWhatIsCommittedSeesEachRecordOnce()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("once-kills", Gaps.Length * 16_000, redis, part: 0, compacted: false, Detectors);

        await KillRun.Over(log, redis, Gaps, Gaps.Length, seed: 5, exactlyOnce: true);

        Assert.Empty(OnceCheck.Check(log));
        // The same kills have left outputs that nobody should take: the check would see them.
        Assert.Contains(OnceCheck.Check(log, IsolationLevel.ReadUncommitted), w => w.StartsWith("admitted", StringComparison.Ordinal) && w.EndsWith(Twice, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WhenASiloJoinsAndLeaves_NothingIsRepeated()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("once-moves", 60_000, redis, part: 0.3, compacted: false, Detectors);
        var settings = log.Delivering(exactlyOnce: true);
        using var stays = new AssayProcess(settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, stays, judged => judged >= log.Part(0.1));
        using (var comes = new AssayProcess(settings))
        {
            await Flow.Members(log.Kafka, log.Name, members: 2, Partitions);
            log.Fill(0.3, 0.7);
            Flow.Wait(log.Kafka, log.Names, Partitions, comes, judged => judged >= log.Part(0.5));
            Assert.True(await comes.Stop(Limit) == 0, comes.Output);
        }

        log.Fill(0.7, 1);
        await log.Saved(redis, stays);
        Assert.True(await stays.Stop(Limit) == 0, stays.Output);

        Assert.Empty(OnceCheck.Check(log));
        Assert.Empty(Outcome.Check(log, redis, new PlainFold(log.Log)));
    }

    /// <summary>
    /// An owner stalls past its session with a transaction open, and comes back: before the broker has ended it, when its place in the group is gone, or when
    /// the next owner has long gone on.
    /// </summary>
    [Theory]
    [InlineData("after-acknowledge:9", "00:00:20", false)]
    [InlineData("after-offsets:6", "00:00:05", true)]
    public async Task Run_WhenAnOwnerStallsPastItsSession_WhatItWakesUpWithIsFenced(string gap, string timeout, bool late)
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create($"once-stall-{gap[6]}-{late}", 40_000, redis, part: 0, compacted: false, Detectors);
        string[] settings = [.. log.Settings, "Kafka:Delivery=ExactlyOnce", $"Kafka:TransactionTimeout={timeout}", "Kafka:Ingress:CommitInterval=00:00:00.5"];
        using var next = new AssayProcess([.. settings, "Kafka:ClientId=next"]);
        using var stalls = new AssayProcess(settings, new Dictionary<string, string> { ["ASSAY_FAILPOINT"] = $"{gap}:stop" });
        await Flow.Members(log.Kafka, log.Name, members: 2, Partitions, said: () => next.Output + stalls.Output);
        // Some at a time, so that there are more transactions than the few that commit the beginning of a partition, however fast it is.
        for (var part = 0; part < Parts; part++)
        {
            log.Fill(0.5 * part / Parts, 0.5 * (part + 1) / Parts);
            await Flow.Until(() => Stalled(stalls), TimeSpan.FromSeconds(2));
        }

        await Flow.Until(() => Stalled(stalls), Limit);
        Assert.True(Stalled(stalls), stalls.Output);

        await Flow.Members(log.Kafka, log.Name, members: 1, Partitions, "next", or: () => next.Ended);
        Assert.False(next.Ended, next.Output);
        if (late)
            Flow.Wait(log.Kafka, log.Names, Partitions, next, _ => log.Committed().Sum() == log.Part(0.5));
        stalls.Resume();
        log.Fill(0.5, 1);
        await log.Saved(redis, next);
        Assert.True(await next.Stop(Limit) == 0, next.Output);

        Assert.Empty(OnceCheck.Check(log));
        Assert.Empty(Outcome.Check(log, redis, new PlainFold(log.Log)));
    }

    private static bool Stalled(AssayProcess process) =>
        !process.Ended && File.ReadAllText($"/proc/{process.Id}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] == 'T';
}
