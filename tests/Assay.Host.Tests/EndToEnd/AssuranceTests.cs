using System.Text.Json;
using Assay.Host.Tests.Replay;
using static Assay.Host.Tests.EndToEnd.TrustOutcome;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>Somebody writes honestly through one source, and poison comes in the same name through another: how far the name can be relied on decides how far the quarantine reaches.</summary>
[Collection(CommandLine.Collection)]
public sealed class AssuranceTests : IDisposable
{
    private const int Sources = 6;
    private const int Tick = 500;
    private const string Somebody = "victim";
    private const string Honest = "s1";
    private const string Poisoned = "s3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replay_WhereNamesAreSelfAsserted_QuarantinesTheNameInThatSourceAlone()
    {
        var (outcome, quarantine, said) = await Replay("self-asserted");
        Assert.Equal(Poisoned, Text(quarantine, "source"));
        Assert.Contains($"{Somebody} in {Poisoned} is quarantined: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Through(outcome, Honest), v => For(v, "quarantined") || For(v, "evidence"));
        Assert.True(Through(outcome, Honest).Count(v => Text(v, "verdict") == "admit") > Through(outcome, Honest).Count * 0.99);
        Assert.All(Through(outcome, Poisoned).SkipWhile(v => !For(v, "quarantined")), v => Assert.Equal("hold", Text(v, "verdict")));
        Assert.Equal("trusted", Text(outcome.Decisions.Last(d => Text(d, "source") == Honest && Text(d, "identity") == Somebody), "standing"));
        Assert.NotEmpty(outcome.Recalls);
        Assert.All(outcome.Recalls, recall => Assert.Equal((Somebody, Poisoned), (Text(recall, "identity"), Text(recall, "source"))));
    }

    [Fact]
    public async Task Replay_WhereNamesAreVouchedFor_StopsTheNameInEverySourceFromTheNextTickOn()
    {
        var (outcome, quarantine, said) = await Replay("topic-acl");
        Assert.Null(Text(quarantine, "source"));
        Assert.Contains($"{Somebody} is quarantined: ", said, StringComparison.Ordinal);
        var next = (outcome.Index(Text(quarantine, "at")!) / Tick * Tick) + Tick;
        Assert.All([Honest, Poisoned], source =>
        {
            Assert.DoesNotContain(Through(outcome, source, 0, next), v => For(v, "quarantined"));
            Assert.NotEmpty(Through(outcome, source, next));
            Assert.All(Through(outcome, source, next), v => Assert.Equal("hold", Text(v, "verdict")));
        });
    }

    private async Task<(TrustOutcome Outcome, JsonElement Quarantine, string Said)> Replay(string assurance)
    {
        var (header, rows) = WrittenAdult.Load();
        WrittenAdult.Write(_folder["rows.csv"], header, rows.Select((cells, i) =>
        {
            var source = $"s{i * 7919 % 10007 % Sources}";
            return new WrittenRow($"r{i}", source is Honest or Poisoned ? Somebody : $"w-{source}", source, cells);
        }));
        var ended = (await CommandLine.Run(
            "replay", _folder["rows.csv"], "--profile", _folder.Write("p.json", WrittenAdult.Profile(assurance)), "--out", _folder[assurance],
            "--attack", $"flip:where=occupation=Exec-managerial,from=>50K,to=<=50K,rate=1,source={Poisoned}")).Ended(0);
        var outcome = new TrustOutcome(_folder[assurance]);
        Assert.Single(outcome.Quarantines.DistinctBy(q => (Text(q, "identity"), Text(q, "source"))));
        var quarantine = outcome.Quarantines.First();
        Assert.Equal((Somebody, "label-slices"), (Text(quarantine, "identity"), Text(quarantine, "detector")));
        Assert.StartsWith("label >50K is going missing where ", Text(quarantine, "reason"), StringComparison.Ordinal);
        Assert.Equal(Poisoned, Text(outcome.Verdicts[outcome.Index(Text(quarantine, "at")!)], "source"));
        Assert.Equal("occupation=Exec-managerial", Text(outcome.Quarantines.Last(), "subject"));
        return (outcome, quarantine, ended.Output);
    }

    private static List<JsonElement> Through(TrustOutcome outcome, string source, int from = 0, int to = int.MaxValue) =>
        [.. outcome.Verdicts.Take(to).Skip(from).Where(v => Text(v, "source") == source)];
}
