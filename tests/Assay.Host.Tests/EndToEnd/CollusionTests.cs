using System.Globalization;
using Assay.Host.Tests.Replay;
using Assay.Mapping.Tests.Examples;
using static Assay.Host.Tests.EndToEnd.TrustOutcome;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>Five of eight sources turn the same labels from half-time on: the honest stand out among them, and are not accused.</summary>
[Collection(CommandLine.Collection)]
public sealed class CollusionTests : IDisposable
{
    private const int Sources = 8;
    private const int Colluding = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(1, 5)]
    [InlineData(0.3, 2)]
    [InlineData(0.3, 4)]
    public async Task Replay_OfAColludingMajority_AccusesNoInnocentAndContestsTheDataset(double rate, int seed)
    {
        var ended = (await Replay("enforce", rate, seed, "--fail-on-quarantine")).Ended(1);
        var outcome = new TrustOutcome(_folder["enforce"]);
        var innocent = Enumerable.Range(0, Sources).Select(Name).Except(Enumerable.Range(1, Colluding).Select(Name));
        Assert.DoesNotContain(outcome.Quarantines, quarantine => innocent.Contains(Text(quarantine, "identity")));

        // A colluder may be found so long before the others that it is not one of many at once.
        if (rate == 1)
            Assert.Empty(outcome.Named("quarantined"));
        Assert.DoesNotContain(outcome.Named("quarantined"), name => innocent.Contains(name));

        Assert.Equal(["adult-income"], outcome.Named("contested_datasets"));
        Assert.Equal(outcome.At("contested"), outcome.Named("contested"));
        Assert.NotEmpty(outcome.Named("contested"));
        Assert.Contains("Dataset adult-income is contested: ", ended.Output, StringComparison.Ordinal);
        Assert.All(outcome.Named("contested"), name => Assert.Contains($"{name} is contested: ", ended.Output, StringComparison.Ordinal));

        var first = outcome.Verdicts.FindIndex(v => For(v, "contested"));
        Assert.InRange(first, outcome.Verdicts.Count / 2, outcome.Verdicts.Count - 1);
        Assert.DoesNotContain(outcome.Verdicts.Skip(first), v => Text(v, "verdict") == "admit");
    }

    [Fact]
    public async Task Replay_OfAContestedDataset_WhosePolicyIsToAdmit_HoldsNobodyForIt()
    {
        (await Replay("hold", 1, 1)).Ended(0);
        (await Replay("admit", 1, 1, "--set", "Datasets:DefaultContested=Admit")).Ended(0);
        var outcome = new TrustOutcome(_folder["admit"]);
        Assert.Equal(["adult-income"], outcome.Named("contested_datasets"));
        Assert.DoesNotContain(outcome.Verdicts, v => For(v, "contested"));
        var first = new TrustOutcome(_folder["hold"]).Verdicts.FindIndex(v => For(v, "contested"));
        Assert.True(outcome.Verdicts.Skip(first).Count(v => Text(v, "verdict") == "admit") > (outcome.Verdicts.Count - first) * 0.95);
    }

    [Fact]
    public async Task Replay_OfAContestedDataset_InObserve_DecidesAsInEnforce()
    {
        foreach (var mode in new[] { "observe", "enforce" })
            (await Replay(mode, 1, 2, "--mode", mode)).Ended(0);
        foreach (var name in new[] { "decisions.jsonl", "recalls.jsonl", "verdicts.jsonl", "identities.jsonl" })
            Assert.True(File.ReadAllBytes(_folder[$"enforce/{name}"]).AsSpan().SequenceEqual(File.ReadAllBytes(_folder[$"observe/{name}"])), name);
    }

    private Task<Outcome> Replay(string output, double rate, int seed, params string[] options) => CommandLine.Run(
    [
        "replay", ExampleData.File("adult", "adult.data.gz"), "--profile", ExampleData.Profile("adult"), "--out", _folder[output],
        "--sources", Sources.ToString(CultureInfo.InvariantCulture), "--seed", seed.ToString(CultureInfo.InvariantCulture),
        .. Enumerable.Range(1, Colluding).SelectMany(i => (string[])["--attack", Attack(i, rate)]),
        .. options,
    ]);

    private static string Attack(int source, double rate) =>
        string.Create(CultureInfo.InvariantCulture, $"flip:where=occupation=Exec-managerial,from=>50K,to=<=50K,rate={rate},source={Name(source)}");

    private static string Name(int source) => string.Create(CultureInfo.InvariantCulture, $"source-{source}");
}
