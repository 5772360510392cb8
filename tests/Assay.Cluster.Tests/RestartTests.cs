using Assay.Contracts.Topics;

namespace Assay.Cluster.Tests;

/// <summary>State in memory, a real broker, kill -9, and a second process that takes over.</summary>
public sealed class RestartTests
{
    private const int Partitions = 3;

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public async Task Run_WhenKilledPartWay_LosesNothingCountsNothingTwiceAndKeepsEveryVerdict(double killedAt)
    {
        var kafka = RealKafka.Address();
        var name = $"restart-{Environment.ProcessId}-{killedAt * 100}";
        var names = new TopicNames(name);
        var log = new KnownLog($"{name}-in", Partitions, records: 60_000, seed: 7);
        await TopicContents.Create(kafka, [$"{name}-in", .. names.All], Partitions);
        TopicContents.Fill(kafka, $"{name}-in", log);
        var profile = Path.Combine(Directory.CreateTempSubdirectory("assay-").FullName, "known.json");
        await File.WriteAllTextAsync(profile, KnownLog.Profile);
        var settings = Flow.Settings(kafka, name, profile);

        long before;
        using (var first = new AssayProcess(settings))
        {
            Flow.Wait(kafka, names, Partitions, first, judged => judged >= log.Records * killedAt);
            first.Kill();
            before = Flow.Judged(kafka, names, Partitions);
        }

        Assert.InRange(before, log.Records * killedAt, log.Records - 1);
        using (var second = new AssayProcess(settings))
        {
            Flow.Wait(kafka, names, Partitions, second, judged => judged >= log.Records);
            Assert.True(await second.Stop(TimeSpan.FromSeconds(40)) == 0, second.Output);
        }

        Flow.Check(kafka, names, log, Partitions);
    }
}
