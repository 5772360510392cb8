using System.Text;
using System.Text.Json;
using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Output;
using Assay.Mapping.Files;

namespace Assay.Host.Tests.Replay.Output;

public sealed class ReplayFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Finish_WhenResultsCameInAnyOrder_WritesTheSameBytes()
    {
        Replay(_folder["a"], [0, 1, 2, 3, 4]);
        Replay(_folder["b"], [4, 2, 0, 3, 1]);
        string[] names =
            ["dead-letters.jsonl", "decisions.jsonl", "identities.jsonl", "recalls.jsonl", "summary.json", "truth.jsonl", "verdicts.jsonl"];
        Assert.Equal(names, Directory.EnumerateFiles(_folder["a"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(names, name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["a"], name)), File.ReadAllBytes(Path.Combine(_folder["b"], name))));
    }

    [Fact]
    public void Finish_WritesLinesOfTheContract()
    {
        Replay(_folder["a"], [0, 1, 2, 3, 4]);
        Assert.Equal(
            """{"id":"r1","file":"x.csv","line":3,"source":"s","identity":"eve","dataset":"d","verdict":"hold","score":2.34568,"scores":{"density":2.34568},"reasons":["odd: 17 of 18"]}""",
            Lines("verdicts.jsonl")[1]);
        Assert.Equal(
            """{"id":"x.csv:5","file":"x.csv","line":5,"source":"","identity":"","dataset":"","verdict":"dead-letter","score":0,"scores":{},"reasons":["ragged"]}""",
            Lines("verdicts.jsonl")[3]);
        Assert.Equal(
            """{"file":"x.csv","line":5,"stage":"decode","rule":"columns","reason":"ragged","raw":"//4=","encoding":"base64"}""",
            Lines("dead-letters.jsonl")[0]);
        Assert.Equal("""{"id":"r1","file":"x.csv","line":3,"poisoned":true,"attack":"flip"}""", Lines("truth.jsonl")[1]);
        Assert.Equal(["", "ann", "eve"], Lines("identities.jsonl").Select(line => Json(line).GetProperty("identity").GetString()));
    }

    [Fact]
    public void Finish_CountsEachKindOnce()
    {
        Replay(_folder["a"], [0, 1, 2, 3, 4]);
        var summary = Json(File.ReadAllText(Path.Combine(_folder["a"], "summary.json")));
        Assert.Equal((5, 2, 1, 1, 1), (Number(summary, "records"), Number(summary, "admitted"), Number(summary, "held"), Number(summary, "rejected"), Number(summary, "dead_letters")));
        var attack = summary.GetProperty("attack");
        Assert.Equal(
            (2, 1, 1, 1), (Number(attack, "injected"), Number(attack, "admitted"), Number(attack, "left"), Number(attack, "clean_held")));
        Assert.Equal(JsonValueKind.Null, attack.GetProperty("detected_after").ValueKind);
        Assert.Equal(7, Number(summary, "seed"));
        Assert.Equal(2.5, summary.GetProperty("records_per_second").GetDouble());
    }

    [Fact]
    public void Identities_WhenMoreThanTheLimit_AreCountedTogether()
    {
        using (var files = ReplayFiles.Open(_folder["a"], attacked: false, maxIdentities: 2))
        {
            for (var i = 0; i < 10; i++)
                files.Verdict(i, Row(i), "s", Verdict(i, $"id-{i}", VerdictKind.Admit, 0.5));
            files.Finish(Run());
        }

        Assert.Equal(
            ["id-0", "id-1", "(others)"], Lines("identities.jsonl").Select(line => Json(line).GetProperty("identity").GetString()));
        Assert.Equal(8, Number(Json(Lines("identities.jsonl")[2]), "records"));
        Assert.Equal(
            8, Number(Json(File.ReadAllText(Path.Combine(_folder["a"], "summary.json"))), "records_of_identities_counted_together"));
    }

    [Fact]
    public void Suspicion_RanksManyOddRecordsAboveOne()
    {
        using (var files = ReplayFiles.Open(_folder["a"], attacked: false))
        {
            for (var i = 0; i < 300; i++)
                files.Verdict(i, Row(i), "s", Verdict(i, i % 3 == 0 ?
                    "many" : "clean", i % 3 == 0 ? VerdictKind.Hold : VerdictKind.Admit, 0.4));
            files.Verdict(300, Row(300), "s", Verdict(300, "one", VerdictKind.Hold, 5));
            files.Finish(Run());
        }

        var ranked = Lines("identities.jsonl").Select(Json).OrderByDescending(line => line.GetProperty("suspicion").GetDouble());
        Assert.Equal(["many", "one", "clean"], ranked.Select(line => line.GetProperty("identity").GetString()));
    }

    [Fact]
    public void Open_WhenFolderHoldsForeignFiles_Refuses()
    {
        Directory.CreateDirectory(_folder["a"]);
        _folder.Write("a/notes.txt", "mine");
        var error = Assert.Throws<OutputException>(() => ReplayFiles.Open(_folder["a"], attacked: false));
        Assert.Contains("'notes.txt'", error.Message, StringComparison.Ordinal);
        Assert.Contains("is a file", Assert.Throws<OutputException>(() =>
            ReplayFiles.Open(_folder["a/notes.txt"], attacked: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_WhenFolderHoldsAnEarlierReplay_ReplacesIt()
    {
        Replay(_folder["a"], [0, 1, 2, 3, 4]);
        using (var files = ReplayFiles.Open(_folder["a"], attacked: false))
        {
            Assert.Equal(5, Lines("verdicts.jsonl").Length);
            files.Finish(Run());
        }

        Assert.Empty(Lines("verdicts.jsonl"));
        Assert.False(File.Exists(_folder["a/truth.jsonl"]));
    }

    [Fact]
    public void Dispose_WithoutFinish_LeavesNothing()
    {
        using (var files = ReplayFiles.Open(_folder["a"], attacked: true))
            files.Verdict(0, Row(0), "s", Verdict(0, "ann", VerdictKind.Admit, 1));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["a"]));
    }

    [Fact]
    public void Verdict_WhenDiskIsFull_SaysSoOnce()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full.");
        Directory.CreateDirectory(_folder["a"]);
        File.CreateSymbolicLink(_folder["a/verdicts.jsonl.tmp"], "/dev/full");
        using var files = ReplayFiles.Open(_folder["a"], attacked: false);
        files.Verdict(0, Row(0), "s", Verdict(0, "ann", VerdictKind.Admit, 1));
        var error = Assert.Throws<OutputException>(() => files.Finish(Run()));
        Assert.Contains("verdicts.jsonl' cannot be written", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["a/summary.json"]));
    }

    [Fact]
    public void Verdict_WhenRowIsBeyondTheWindow_Throws()
    {
        using var files = ReplayFiles.Open(null, attacked: false, window: 4);
        Assert.Throws<InvalidOperationException>(() => files.Verdict(4, Row(4), "s", Verdict(4, "ann", VerdictKind.Admit, 1)));
        Assert.Equal(0, files.Next);
    }

    [Fact]
    public void Report_NamesReasonsIdentitiesAndFirstDeadLetters()
    {
        using var files = ReplayFiles.Open(null, attacked: true);
        Fill(files, [0, 1, 2, 3, 4]);
        var text = string.Join('\n', files.Finish(Run()).Lines().Select(line => line.Text));
        Assert.Contains("admitted 2 · held 1 · rejected 1 · dead letters 1", text, StringComparison.Ordinal);
        Assert.Contains("2  odd\n              e.g. 17 of 18\n", text, StringComparison.Ordinal);
        Assert.Contains("columns (first at x.csv:5)", text, StringComparison.Ordinal);
    }

    private static void Replay(string directory, int[] order)
    {
        using var files = ReplayFiles.Open(directory, attacked: true);
        Fill(files, order);
        files.Finish(Run());
    }

    private static void Fill(ReplayFiles files, int[] order)
    {
        foreach (var i in order)
        {
            if (i == 3)
                files.DeadLetter(i, new FileRecord("x.csv", 5, new byte[] { 0xFF, 0xFE }), "", new ReadFailure(ReadFailure.Stages.Decode, "columns", "ragged"));
            else
                files.Verdict(i, Row(i), "s", Verdict(i, i % 2 == 0 ? "ann" : "eve", i switch { 1 => VerdictKind.Hold, 4 => VerdictKind.Reject, _ => VerdictKind.Admit }, 1.23456789 + (i * 1.11111)), i is 1 or 2 ? "flip" : null);
        }
    }

    private static FileRecord Row(int i) => new("x.csv", i + 2, Encoding.UTF8.GetBytes($"row {i}"));

    private static Verdict Verdict(int i, string identity, VerdictKind kind, double score) => new()
    {
        Offset = i,
        Kind = kind,
        RecordId = $"r{i}",
        Identity = identity,
        Dataset = "d",
        Score = score,
        Detectors = ["density"],
        Scores = [score],
        Reasons = kind == VerdictKind.Admit ? [] : [$"odd: {16 + i} of {17 + i}"],
    };

    private static ReplayRun Run() => new() { Elapsed = TimeSpan.FromSeconds(2), Seed = 7, Settings = Json("""{"mode":"enforce"}"""), Version = "0.1.0", CleanRecordsPerFalseQuarantine = 1e5 };

    private string[] Lines(string name) => File.ReadAllLines(Path.Combine(_folder["a"], name));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
