using System.Text;
using System.Text.Json;
using Assay.Host.Tests.Replay;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>A line that is no record becomes a dead letter with file, line, rule and reason, and takes no other line with it.</summary>
[Collection(CommandLine.Collection)]
public sealed class MalformedRecordTests(MalformedJsonReplay json, MalformedCsvReplay csv)
    : IClassFixture<MalformedJsonReplay>, IClassFixture<MalformedCsvReplay>
{
    public static TheoryData<string> JsonCases => [.. MalformedRecords.Json.Select(line => line.Name)];

    public static TheoryData<string> CsvCases => [.. MalformedRecords.Csv.Select(line => line.Name)];

    [Theory]
    [MemberData(nameof(JsonCases))]
    public void Replay_WhenJsonLineIsMalformed_GivesItUpWithPlaceAndReason(string name) =>
        AssertGivenUp(MalformedRecords.Json.Single(line => line.Name == name), json);

    [Theory]
    [MemberData(nameof(CsvCases))]
    public void Replay_WhenCsvRowIsMalformed_GivesItUpWithPlaceAndReason(string name) =>
        AssertGivenUp(MalformedRecords.Csv.Single(line => line.Name == name), csv);

    [Fact]
    public void Replay_OfMalformedLines_KeepsEveryGoodOne()
    {
        json.Files.AssertComplete(Lines(1, json.LastLine));
        csv.Files.AssertComplete(Lines(2, csv.LastLine));
        Assert.Equal(MalformedRecords.Json.Length, json.Files.Count("dead_letters"));
        Assert.Equal(MalformedRecords.Csv.Length, csv.Files.Count("dead_letters"));
    }

    [Fact]
    public async Task Replay_WhenAnIdComesTwice_RejectsTheSecondAndScoresOnce()
    {
        using var folder = new TemporaryFolder();
        var rows = folder.Write("rows", "id,w,l,a\nr1,ann,yes,1\nr2,ann,yes,2\nr1,eve,no,3\n");
        var profile = folder.Write("p.json", MalformedRecords.CsvProfile);
        (await CommandLine.Run("replay", rows, "--profile", profile, "--out", folder["out"], "--state", folder["state"])).Ended(0);
        var verdicts = new ReplayedFiles(folder["out"]).Verdicts;
        Assert.Equal(["admit", "admit", "reject"], verdicts.Select(v => v.GetProperty("verdict").GetString()));
        Assert.Contains(verdicts[2].GetProperty("reasons").EnumerateArray(), reason => reason.GetString()!.StartsWith("duplicate: ", StringComparison.Ordinal));
        var state = (await CommandLine.Run(["state", "show", .. Directory.GetFiles(folder["state"])])).Ended(0);
        var sections = JsonDocument.Parse(state.Output).RootElement.GetProperty("sections");
        Assert.DoesNotMatch("\"[a-z]+[A-Z][A-Za-z]*\":", state.Output);
        Assert.Equal(2, sections.GetProperty("detector/density").GetProperty("state").GetProperty("learned").GetInt64());
    }

    [Theory]
    [InlineData("\uFEFFid,w,l,a\r\nr1,ann,yes,1\r\n\r\nr2,bob,no,2\r\n", new long[] { 2, 4 })]
    [InlineData("id,w,l,a\rr1,ann,yes,1\rr2,bob,no,2", new long[] { 2, 3 })]
    [InlineData("id,w,l,a\n\"r1\",\"ann, \"\"the\nsecond\"\"\",yes,1\nr2,bob,no,2\n", new long[] { 2, 4 })]
    public async Task Replay_OfMarksBlanksAndLineEndings_ReadsEveryRow(string text, long[] lines)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["rows"], text, new UTF8Encoding(false));
        var profile = folder.Write("p.json", """{"format":"csv","dataset":"d","id":"id","label":"l","attributes":{"w":"w"},"features":{"a":"a"}}""");
        (await CommandLine.Run("replay", folder["rows"], "--profile", profile, "--out", folder["out"])).Ended(0);
        var files = new ReplayedFiles(folder["out"]);
        files.AssertComplete(lines);
        Assert.Equal(["r1", "r2"], files.Verdicts.Select(verdict => verdict.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Replay_WhenNoRowCanBeRead_EndsAsWrongUse()
    {
        using var folder = new TemporaryFolder();
        var rows = folder.Write("rows", "id,w,l,a\nr1,,yes,1\nr2,,no,2\n");
        var outcome = (await CommandLine.Run("replay", rows, "--profile", folder.Write("p.json", MalformedRecords.CsvProfile))).Ended(2);
        Assert.Contains("identity", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    private static void AssertGivenUp(Malformed line, MalformedReplay replay)
    {
        var dead = replay.DeadLetter(line.Name);
        Assert.Equal(replay.Path, dead.GetProperty("file").GetString());
        Assert.Matches($"^{line.Rule}$", dead.GetProperty("rule").GetString()!);
        Assert.Matches(line.Reason, dead.GetProperty("reason").GetString()!);
    }

    private static IEnumerable<long> Lines(long first, long last)
    {
        for (var line = first; line <= last; line++)
            yield return line;
    }
}
