using System.Diagnostics;

namespace Assay.Cluster.Tests;

/// <summary>Three processes, one cluster, kill -9 in every gap between apply, produce, acknowledgement, checkpoint, mark and commit (DATA-PLANE rule 7).</summary>
public sealed class KillTests
{
    private static readonly string[] Gaps = ["after-apply", "after-produce", "after-acknowledge", "after-checkpoint", "after-mark", "after-commit"];

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
        await KillRun.Over(log, redis, Gaps, kills, seed);
    }
}
