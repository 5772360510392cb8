namespace Assay.Cluster.Tests;

/// <summary>The checks of <see cref="Outcome"/> are checked: with a safeguard taken out they must find what it is there for.</summary>
public sealed class CheckerTests
{
    private const int Records = 24_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Detectors = ["content-rules", "density", "volume"];

    /// <summary>Grains stay behind where a partition moves, and their silo is killed: the owner lives and does not see that what it has sent is lost with them.</summary>
    [Theory]
    [InlineData("keep-grains", null)]
    [InlineData("keep-grains,ignore-gaps", "have neither verdict nor dead letter")]
    public async Task Run_WhenTheGrainsSiloIsKilledAndNotTheOwners_LosesRecordsOnlyWithoutTheChainCheck(string switches, string? found)
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create($"orphans-{found is null}", Records, redis, part: 0.3, compacted: false, Detectors);
        string[] settings = [.. log.Settings, "Kafka:Ingress:CheckpointInterval=00:10:00"];
        var environment = new Dictionary<string, string> { ["ASSAY_SWITCHES"] = switches };
        using var host = new AssayProcess(settings, environment);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, host, judged => judged >= log.Part(0.3));
        using var owner = new AssayProcess(settings, environment);
        await Flow.Members(log.Kafka, log.Name, members: 2, RedisLog.Partitions);
        log.Fill(0.3, 0.6);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, owner, judged => judged >= log.Part(0.6));

        host.Kill();
        await Flow.Until(() => redis.Ask("HVALS", "assay/members/assay").Contains("\"Status\":6", StringComparison.Ordinal), Limit);
        log.Fill(0.6, 1);
        await Flow.Members(log.Kafka, log.Name, members: 1, RedisLog.Partitions);
        var before = Flow.Judged(log.Kafka, log.Names, RedisLog.Partitions);
        await Flow.Until(
            () => Flow.Judged(log.Kafka, log.Names, RedisLog.Partitions) is var now && (now >= log.Records || (found is not null && now > before)), Limit);
        Assert.True(await owner.Stop(Limit) == 0, owner.Output);

        // What the owner has committed is done as far as the group knows; what it has not read yet is not lost.
        await Finish(log);
        Expect(found, Outcome.Check(log, redis, new PlainFold(log.Log)));
    }

    /// <summary>The second process would judge everything otherwise than the first, whose verdicts stand and whose state is lost.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("skip-read-back", "differ from another of the same record")]
    public async Task Run_WhenTheNextOwnerWouldJudgeOtherwise_KeepsWhatStandsOnlyByReadingItBack(string switches, string? found)
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create($"otherwise-{found is null}", Records, redis, part: 1, compacted: false, Detectors);
        using (var first = new AssayProcess([.. log.Settings, "Kafka:Ingress:CheckpointInterval=00:10:00"], new Dictionary<string, string>()))
        {
            Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, first, judged => judged >= log.Records);
            first.Kill();
        }

        using var second = new AssayProcess(
            [.. log.Settings, "Datasets:DefaultUnproven=Hold"], new Dictionary<string, string> { ["ASSAY_SWITCHES"] = switches });
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, second, _ => log.Committed().Sum() == log.Records);
        Assert.True(await second.Stop(Limit) == 0, second.Output);

        Expect(found, Outcome.Check(log, redis, new PlainFold(log.Log)));
    }

    private static async Task Finish(RedisLog log)
    {
        if (log.Committed().Sum() == log.Records)
            return;
        using var silo = new AssayProcess(log.Settings);
        Flow.Wait(log.Kafka, log.Names, RedisLog.Partitions, silo, _ => log.Committed().Sum() == log.Records);
        Assert.True(await silo.Stop(Limit) == 0, silo.Output);
    }

    private static void Expect(string? found, List<string> wrong)
    {
        if (found is null)
            Assert.Empty(wrong);
        else
            Assert.Contains(wrong, w => w.Contains(found, StringComparison.Ordinal));
    }
}
