using System.Text.Json;
using Assay.Host.Tests.Replay;
using Assay.Mapping.Tests.Examples;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>Adult dealt to eight sources, one of which turns a label in one segment from half-time on: who, where, since when, and what is taken back.</summary>
[Collection(CommandLine.Collection)]
public sealed class TrustReplayTests : IDisposable
{
    private const string Attack = "flip:where=occupation=Exec-managerial,from=>50K,to=<=50K,rate=1,source=source-3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replay_OfAnAttackedSource_NamesItAndTheSliceAndTakesBackWhatCameThrough()
    {
        var ended = (await Replay("attacked", "--attack", Attack, "--fail-on-quarantine")).Ended(1);
        Assert.Contains("source-3 is quarantined: label >50K is going missing where occupation=Exec-managerial", ended.Output, StringComparison.Ordinal);
        var quarantine = Assert.Single(Lines("attacked", "decisions.jsonl"), line => Text(line, "standing") == "quarantined");
        Assert.Equal(("source-3", "occupation=Exec-managerial"), (Text(quarantine, "identity"), Text(quarantine, "subject")));
        var verdicts = Lines("attacked", "verdicts.jsonl").ToDictionary(line => Text(line, "id"));
        Assert.All(["at", "onset"], name => Assert.Equal("source-3", Text(verdicts[Text(quarantine, name)], "identity")));

        var recalled = Lines("attacked", "recalls.jsonl").SelectMany(line => line.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!)).ToList();
        Assert.Equal(recalled.Count, recalled.Distinct().Count());
        Assert.All(recalled, id => Assert.Equal(("source-3", "admit"), (Text(verdicts[id], "identity"), Text(verdicts[id], "verdict"))));
        var files = new ReplayedFiles(_folder["attacked"]);
        Assert.Equal(recalled.Count, files.Count("recalled"));
        Assert.Equal("source-3", Assert.Single(files.Summary.GetProperty("quarantined").EnumerateArray()).GetString());

        var poisoned = files.Truth.Where(row => row.GetProperty("poisoned").GetBoolean()).Select(row => Text(row, "id")).ToHashSet();
        var leaked = poisoned.Count(id => Text(verdicts[id], "verdict") == "admit");
        var measured = files.Summary.GetProperty("attack");
        Assert.Equal(leaked, measured.GetProperty("admitted").GetInt64());
        Assert.Equal(leaked - recalled.Count(poisoned.Contains), measured.GetProperty("left").GetInt64());
        Assert.InRange(measured.GetProperty("detected_after").GetInt64(), 1, 40);
        Assert.InRange(measured.GetProperty("onset_error").GetInt64(), -400, 400);
        Assert.DoesNotContain(verdicts.Values, line => line.GetProperty("reasons").EnumerateArray().Any(r => r.GetString()!.Contains("replay/", StringComparison.Ordinal)));

        var identities = Lines("attacked", "identities.jsonl").OrderByDescending(line => line.GetProperty("suspicion").GetDouble()).ToList();
        Assert.Equal(("source-3", "quarantined"), (Text(identities[0], "identity"), Text(identities[0], "standing")));
        Assert.Equal(recalled.Count, identities[0].GetProperty("recalled").GetInt64());
    }

    [Fact]
    public async Task Replay_OfTheSameInput_GivesTheSameFilesHoweverRecordsAreBatched()
    {
        (await Replay("once", "--attack", Attack)).Ended(0);
        (await Replay("small", "--attack", Attack, "--set", "Kafka:Ingress:PollBatch=37", "--set", "Kafka:Ingress:MaxBatchRecords=5")).Ended(0);
        new ReplayedFiles(_folder["once"]).AssertSame(new ReplayedFiles(_folder["small"]));
    }

    [Fact]
    public async Task Replay_InEveryMode_DecidesTheSame()
    {
        foreach (var mode in new[] { "observe", "mark", "enforce" })
            (await Replay(mode, "--attack", Attack, "--mode", mode)).Ended(0);
        foreach (var name in new[] { "decisions.jsonl", "recalls.jsonl", "verdicts.jsonl" })
        {
            var enforced = File.ReadAllBytes(_folder[$"enforce/{name}"]);
            Assert.All(["observe", "mark"], mode => Assert.True(enforced.AsSpan().SequenceEqual(File.ReadAllBytes(_folder[$"{mode}/{name}"])), $"{name} in {mode}"));
        }
    }

    [Fact]
    public async Task Replay_OfCleanData_DistrustsNobody()
    {
        var ended = (await Replay("clean", "--fail-on-quarantine")).Ended(0);
        Assert.EndsWith("Nobody is distrusted.", ended.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain(Lines("clean", "decisions.jsonl"), line => Text(line, "standing") is "quarantined" or "contested");
        Assert.Equal(0, new ReplayedFiles(_folder["clean"]).Count("recalled"));
        Assert.All(Lines("clean", "identities.jsonl"), line => Assert.Equal("trusted", Text(line, "standing")));
    }

    private Task<Outcome> Replay(string output, params string[] options) => CommandLine.Run(
        ["replay", ExampleData.File("adult", "adult.data.gz"), "--profile", ExampleData.Profile("adult"), "--sources", "8", "--seed", "101", "--out", _folder[output], .. options]);

    private List<JsonElement> Lines(string folder, string name) =>
        [.. File.ReadLines(_folder[$"{folder}/{name}"]).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;
}
