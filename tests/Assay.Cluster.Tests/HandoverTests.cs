using Assay.Contracts.Topics;

namespace Assay.Cluster.Tests;

/// <summary>Two processes in one group, each with a memory of its own: a partition that moves is rebuilt, and one that comes back meets an older state.</summary>
public sealed class HandoverTests
{
    private const int Partitions = 3;

    [Theory]
    [InlineData("joiner", false)]
    [InlineData("joiner", true)]
    [InlineData("founder", false)]
    [InlineData("founder", true)]
    public async Task Run_WhenOneOfTwoEnds_TheOtherGoesOnAsOneFoldOfTheLog(string ends, bool killed)
    {
        var kafka = RealKafka.Address();
        var name = $"handover-{Environment.ProcessId}-{ends}-{killed}";
        var names = new TopicNames(name);
        var log = new KnownLog($"{name}-in", Partitions, records: 45_000, seed: 11);
        await TopicContents.Create(kafka, [$"{name}-in", .. names.All], Partitions);
        var profile = Path.Combine(Directory.CreateTempSubdirectory("assay-").FullName, "known.json");
        await File.WriteAllTextAsync(profile, KnownLog.Profile);
        var settings = Flow.Settings(kafka, name, profile);
        var parts = log.Messages().Chunk(log.Records / 3).ToList();

        using var founder = new AssayProcess(settings);
        TopicContents.Fill(kafka, $"{name}-in", parts[0]);
        Flow.Wait(kafka, names, Partitions, founder, judged => judged >= parts[0].Length);
        using var joiner = new AssayProcess(settings);
        await Flow.Members(kafka, name, members: 2, Partitions);
        TopicContents.Fill(kafka, $"{name}-in", parts[1]);
        Flow.Wait(kafka, names, Partitions, joiner, judged => judged >= parts[0].Length * 4 / 3);
        var (ending, staying) = ends == "joiner" ? (joiner, founder) : (founder, joiner);
        if (killed)
            ending.Kill();
        else
            Assert.True(await ending.Stop(TimeSpan.FromSeconds(40)) == 0, ending.Output);
        await Flow.Members(kafka, name, members: 1, Partitions);
        TopicContents.Fill(kafka, $"{name}-in", parts[2]);
        Flow.Wait(kafka, names, Partitions, staying, judged => judged >= log.Records);
        Assert.True(await staying.Stop(TimeSpan.FromSeconds(40)) == 0, staying.Output);

        Flow.Check(kafka, names, log, Partitions);
    }
}
