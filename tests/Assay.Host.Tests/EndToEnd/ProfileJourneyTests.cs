using Assay.Host.Tests.Replay;
using Assay.Mapping.Tests.Examples;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>From a file that Assay has never seen to its verdicts, by what the commands print alone.</summary>
[Collection(CommandLine.Collection)]
public sealed class ProfileJourneyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task InferCheckReplay_OfAdult_ReadsEveryRow() => AssertJourney(ExampleData.File("adult", "adult.test.gz"));

    [Fact]
    public Task InferCheckReplay_OfRatingsWithoutHeader_ReadsEveryRow() => AssertJourney(ExampleData.File("rev2", "otc_network.csv.gz"));

    [Fact]
    public async Task InferCheckReplay_OfJsonLines_ReadsEveryRow()
    {
        File.WriteAllLines(_folder["rows.jsonl"], Enumerable.Range(0, 500).Select(i =>
            $$"""{"review_id":"r{{i}}","created_at":"2024-02-29T12:00:{{i % 60:00}}Z","user":{"id":"u{{i % 9}}"},"text":"words number {{i}}","stars":{{i % 5}},"label":"{{(i % 3 == 0 ? "good" : "bad")}}"}"""));
        await AssertJourney(_folder["rows.jsonl"]);
    }

    private async Task AssertJourney(string file)
    {
        var draft = (await CommandLine.Run("profile", "infer", file)).Ended(0);
        var profile = _folder.Write("p.json", draft.Output);
        Assert.StartsWith($"{file}, line ", (await CommandLine.Run("profile", "check", profile, file)).Ended(0).Output, StringComparison.Ordinal);
        (await CommandLine.Run("replay", file, "--profile", profile, "--out", _folder["out"])).Ended(0);
        var files = new ReplayedFiles(_folder["out"]);
        Assert.True(files.Count("records") >= 500);
        Assert.Equal(0, files.Count("dead_letters"));
    }
}
