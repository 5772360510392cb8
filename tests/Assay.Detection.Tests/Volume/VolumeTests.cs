using Assay.Contracts.Evidence;
using Assay.Contracts.Verdicts;
using Assay.Detection.Volume;

namespace Assay.Detection.Tests.Volume;

public sealed class VolumeTests
{
    private readonly VolumeDetector _detector = new(new VolumeOptions());
    private readonly Finding _finding = new();

    [Fact]
    public void Score_WhenAnOwnIdComesAgain_RejectsItAsDuplicate()
    {
        Step(Text("a", id: "1"));
        Step(Text("b", id: "1"));
        Assert.Equal((VolumeDetector.DuplicateRule, VerdictKind.Reject), (_finding.Rule, _finding.RuleVerdict));
        Assert.Equal("a record with this id has come before", _detector.Explain(Text("b", id: "1"), _finding));
        Step(Text("c", id: "2"));
        Assert.Null(_finding.Rule);
    }

    [Fact]
    public void Score_WhenTheIdIsOnlyThePosition_IsNoDuplicate()
    {
        Step(new Record { Id = "t/0/1", Text = "a" });
        Step(new Record { Id = "t/0/1", Text = "b" });
        Assert.Null(_finding.Rule);
    }

    [Fact]
    public void Score_WhenAContentComesAgainUnderANewId_IsOddWhereContentsDoNotRepeat()
    {
        for (var i = 0; i < 2000; i++)
            Step(Text($"text {i}", id: $"{i}"));
        Assert.InRange(Step(Text("text 7", id: "new")), 3, 4);
        Assert.Contains("content seen before", _detector.Explain(Text("text 7", id: "newer"), _finding)!, StringComparison.Ordinal);
        Assert.Equal(0, Step(Text("text 2001", id: "2001")));
    }

    [Fact]
    public void Score_WhenContentsUsuallyRepeat_SaysNothing()
    {
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var score = Step(Text($"text {random.Next(random.Next(2) == 0 ? 20 : 1_000_000)}", id: $"{i}"));
            if (i > 500)
                Assert.Equal(0, score);
        }
    }

    [Fact]
    public void Score_WhenAReplayBegins_GrowsWithItsLength()
    {
        for (var i = 0; i < 5000; i++)
            Step(Text($"text {(i % 10 == 0 ? 0 : i)}", id: $"{i}"));
        var first = Observe(Text("text 1", id: "r0"));
        var last = 0.0;
        for (var i = 0; i < 60; i++)
            last = Math.Max(last, Observe(Text($"text {i + 1}", id: $"s{i}")));
        Assert.Equal(0, first);
        Assert.InRange(last, 4, double.MaxValue);
    }

    [Fact]
    public void Score_WhenTheSourceBursts_GrowsAndASteadyOneIsQuiet()
    {
        for (var i = 0; i < 5000; i++)
            Assert.Equal(0, Step(At($"text {i}", 200L * i, "source")));
        var last = 0.0;
        for (var i = 0; i < 2000; i++)
            last = Observe(At($"burst {i}", 1_000_000 + 5L * i, "source"));
        Assert.InRange(last, 4, double.MaxValue);
        Assert.Contains("burst of the source", _detector.Explain(At("burst", 1_010_000, "source"), _finding)!, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_WhenOneIdentityBurstsInABusySource_NamesIt()
    {
        for (var i = 0; i < 20_000; i++)
            Step(At($"text {i}", 20L * i, $"writer-{i % 50}"));
        var last = 0.0;
        for (var i = 0; i < 300; i++)
            last = Observe(At($"burst {i}", 400_000 + 20L * i, "writer-7"));
        Assert.InRange(last, 2, double.MaxValue);
        Assert.Contains("burst of the identity", _detector.Explain(At("burst", 406_000, "writer-7"), _finding)!, StringComparison.Ordinal);
        Assert.Equal(0, Observe(At("calm", 406_001, "writer-8")));
    }

    [Fact]
    public void Score_WhenAppendTimeStandsStill_RatesAbstain()
    {
        for (var i = 0; i < 5000; i++)
            Assert.Equal(0, Step(At($"text {i}", 1_700_000_000_000, $"writer-{i % 3}")));
    }

    private static Record Text(string text, string id) =>
        new() { Source = "source", Identity = "source", Text = text, Id = id, HasOwnId = true };

    private static Record At(string text, long ms, string identity) =>
        new() { Source = "source", Identity = identity, Text = text, AppendTimeMs = ms };

    private double Observe(Record record)
    {
        _finding.Clear();
        _detector.Score(record, _finding);
        _detector.Observe(record);
        return _finding.Score;
    }

    private double Step(Record record)
    {
        var score = Observe(record);
        _detector.Learn(record);
        return score;
    }
}
