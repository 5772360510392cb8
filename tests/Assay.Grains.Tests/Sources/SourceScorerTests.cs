using System.Text.Json;
using Assay.Contracts.Records;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;
using Assay.Grains.Sources;

namespace Assay.Grains.Tests.Sources;

public sealed class SourceScorerTests
{
    [Fact]
    public void Apply_WhenTheSameRecordsComeTwice_GivesTheSameVerdictsAndBytes()
    {
        var first = Run(Shards.Factory().Create(Shards.Id), 2_000);
        var second = Run(Shards.Factory().Create(Shards.Id), 2_000);
        Assert.Equal(first.Verdicts, second.Verdicts);
        Assert.Equal(first.Scorer.Save(), second.Scorer.Save());
        Assert.Contains(VerdictKind.Reject, first.Verdicts.Select(v => v.Kind));
        Assert.Contains(VerdictKind.DeadLetter, first.Verdicts.Select(v => v.Kind));
    }

    [Fact]
    public void Load_AfterSave_ContinuesAsIfUninterrupted()
    {
        var records = Shards.Stream(3_000).ToArray();
        var whole = Shards.Factory().Create(Shards.Id);
        var expected = records.Select(r => Show(whole.Apply(r, VerdictKind.None))).ToArray();
        var before = Shards.Factory().Create(Shards.Id);
        var got = records[..1_234].Select(r => Show(before.Apply(r, VerdictKind.None))).ToList();
        var after = Shards.Factory().Create(Shards.Id);
        after.Load(before.Save());
        got.AddRange(records[1_234..].Select(r => Show(after.Apply(r, VerdictKind.None))));
        Assert.Equal(expected, got);
        Assert.Equal(whole.Save(), after.Save());
    }

    [Fact]
    public void Apply_WhenAVerdictStands_KeepsItInAnswerAndLearning()
    {
        var records = Shards.Stream(1_500).ToArray();
        var held = Shards.Factory().Create(Shards.Id);
        var plain = Shards.Factory().Create(Shards.Id);
        foreach (var record in records[..1_000])
        {
            held.Apply(record, VerdictKind.None);
            plain.Apply(record, VerdictKind.None);
        }

        var next = Shards.Line(5_000, "unseen writer-1 4.5");
        Assert.Equal(VerdictKind.Hold, held.Apply(next, VerdictKind.Hold).Kind);
        Assert.Equal(VerdictKind.Admit, plain.Apply(next, VerdictKind.None).Kind);
        Assert.NotEqual(plain.Save(), held.Save());
    }

    [Fact]
    public void Apply_WhenTheOffsetWasApplied_Throws()
    {
        var scorer = Shards.Factory().Create(Shards.Id);
        scorer.Apply(Shards.Line(7, "a w 1"), VerdictKind.None);
        Assert.Throws<ArgumentException>(() => scorer.Apply(Shards.Line(7, "a w 1"), VerdictKind.None));
    }

    [Fact]
    public void Apply_WhenTheRecordCannotBeRead_SaysWhy()
    {
        var verdict = Shards.Factory().Create(Shards.Id).Apply(Shards.Line(3, "bad"), VerdictKind.None);
        Assert.Equal(VerdictKind.DeadLetter, verdict.Kind);
        Assert.Equal(("line", "in/2/3"), (verdict.Failure!.Rule, verdict.RecordId));
    }

    /// <summary>A record whose reading or scoring always fails is given up and said so; what follows is judged as if it were not there.</summary>
    [Fact]
    public void Apply_WhenARecordAlwaysThrows_GivesItUpAndGoesOn()
    {
        var (scorer, other) = (Shards.Factory().Create(Shards.Id), Shards.Factory().Create(Shards.Id));
        foreach (var record in Shards.Stream(300))
        {
            scorer.Apply(record, VerdictKind.None);
            other.Apply(record, VerdictKind.None);
        }

        for (var tries = 0; tries < 2; tries++)
        {
            var poison = scorer.Apply(Shards.Line(300 + tries, "r300 writer-1 explode"), VerdictKind.None);
            Assert.Equal(VerdictKind.DeadLetter, poison.Kind);
            Assert.Equal(ReadFailure.Stages.Score, poison.Failure!.Stage);
            Assert.Contains("explode", poison.Failure.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(301, scorer.LastOffset);
        foreach (var record in Shards.Stream(100, seed: 2, first: 302))
            Assert.Equal(other.Apply(record, VerdictKind.None).Score, scorer.Apply(record, VerdictKind.None).Score);
    }

    [Fact]
    public void Load_WhenTheStateIsAnotherShards_Throws()
    {
        var scorer = Shards.Factory().Create(Shards.Id);
        var other = Shards.Factory().Create(Shards.Id with { Partition = 3 });
        Assert.Contains("in/2/", Assert.Throws<StateFormatException>(() => other.Load(scorer.Save())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhenBytesAreCut_ThrowsWhateverTheLength()
    {
        var state = Run(Shards.Factory().Create(Shards.Id), 200).Scorer.Save();
        for (var length = 0; length < state.Length; length += 1 + (length / 16))
            Assert.Throws<StateFormatException>(() => Shards.Factory().Create(Shards.Id).Load(state.AsSpan(0, length)));
    }

    [Fact]
    public void Describe_PrintsEverySection()
    {
        var scorer = Run(Shards.Factory().Create(Shards.Id), 500).Scorer;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            SourceStateFormat.Describe(scorer.Save(), Shards.Factory().CreateSections(), json);
        var printed = JsonDocument.Parse(buffer.ToArray()).RootElement;
        Assert.Equal("vendor/a", printed.GetProperty("source").GetString());
        foreach (var section in new[] { "statistics", "identities", "record-policy", "detector/density", "detector/volume" })
            Assert.Equal(JsonValueKind.Object, printed.GetProperty("sections").GetProperty(section).GetProperty("state").ValueKind);
    }

    private static (SourceScorer Scorer, Judged[] Verdicts) Run(SourceScorer scorer, int count) =>
        (scorer, [.. Shards.Stream(count).Select(r => scorer.Apply(r, VerdictKind.None)).Select(v => new Judged(Show(v), v.Kind))]);

    private static string Show(Verdict v) =>
        $"{v.Offset} {v.Kind} {v.RecordId} {v.Identity} {v.Score:R} [{string.Join(';', v.Scores.Select(s => s.ToString("R")))}] {string.Join('|', v.Reasons)} {v.Failure}";

    private sealed record Judged(string Line, VerdictKind Kind);
}
