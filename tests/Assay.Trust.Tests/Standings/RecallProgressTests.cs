using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Trust;
using Assay.Trust.Standings;

namespace Assay.Trust.Tests.Standings;

public class RecallProgressTests
{
    private const long Epoch = 3;
    private readonly Given _given = new();
    private readonly RecallProgress _progress;

    public RecallProgressTests()
    {
        _given.Trusted();
        _given.Machine.Report(_given.State, At(1000, 200, 2));
        _progress = new RecallProgress(_given.State.Key);
        _progress.Begin(_given.State.Evidence, Epoch);
    }

    [Fact]
    public void Follow_WhenTheShardAdmittedMeanwhile_RecallsTheGapOnce()
    {
        var recall = _progress.Follow(At(1100, 230, 2))!;
        Assert.Equal((Epoch, 30L, "topic/0/201", "s0-230"), (recall.Epoch, recall.Records, recall.From, recall.To));
        Assert.Equal([new RecallRange("topic", 0, 201, 230)], recall.Ranges);
        Assert.Null(_progress.Follow(At(1100, 230, 2)));
        Assert.Equal([new RecallRange("topic", 0, 231, 240)], _progress.Follow(At(1100, 240, Epoch))!.Ranges);
    }

    [Fact]
    public void Follow_AfterTheShardHasAppliedTheQuarantine_RecallsNothing()
    {
        Assert.Null(_progress.Follow(At(0, 230, Epoch) with { Onset = null, AdmittedSinceOnset = 0 }));
        Assert.Null(_progress.Follow(At(500, 300, Epoch)));
        Assert.Null(_progress.Follow(At(500, 310, 2)));
    }

    [Fact]
    public void Follow_WhenTheShardHeldEverythingSince_RecallsNothing() =>
        Assert.Null(_progress.Follow(At(1100, 230, 2) with { AdmittedSinceOnset = 151 }));

    [Fact]
    public void Follow_WhenAShardTellsLateOfItsEvidence_RecallsItSinceItsOnset()
    {
        Assert.Null(_progress.Follow(At(5, 100, 2, "s1")));
        var recall = _progress.Follow(At(400, 120, 2, "s1"), At(1100, 210, 2))!;
        Assert.Equal([new RecallRange("topic", 0, 50, 120), new RecallRange("topic", 0, 201, 210)], recall.Ranges);
        Assert.Equal(("s1-50", "s1-120", 81L), (recall.From, recall.To, recall.Records));
        Assert.Null(_progress.Follow(At(400, 500, Epoch, "s2")));
    }

    [Fact]
    public void Follow_WhenOnlyALaterReportArrives_RecallsUpToWhereTheShardStopped()
    {
        var after = At(0, 260, Epoch) with { Onset = null, AdmittedSinceOnset = 0, Before = At(1100, 230, 2) };
        Assert.Equal([new RecallRange("topic", 0, 201, 230)], _progress.Follow(after)!.Ranges);
        Assert.Null(_progress.Follow(after with { Sequence = 1000 }));
        var late = At(0, 90, Epoch, "s1") with { Onset = null, AdmittedSinceOnset = 0, Before = At(400, 80, 2, "s1") };
        Assert.Equal([new RecallRange("topic", 0, 50, 80)], _progress.Follow(late)!.Ranges);
        Assert.Null(_progress.Follow(late));
    }

    [Fact]
    public void Follow_AfterTheEnd_RecallsNothing()
    {
        _progress.End();
        Assert.Null(_progress.Follow(At(1100, 230, 2)));
    }

    [Fact]
    public void Read_WhenWritten_FollowsFromTheSamePlace()
    {
        _progress.Follow(At(1100, 230, 2));
        var writer = new StateWriter();
        _progress.Write(writer);
        var copy = new RecallProgress(_given.State.Key);
        var reader = new StateReader(writer.Written);
        copy.Read(ref reader, copy.StateVersion);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal([new RecallRange("topic", 0, 231, 260)], copy.Follow(At(1100, 260, 2))!.Ranges);
    }

    /// <summary>A report whose onset lies at offset 50, everything since then admitted.</summary>
    private ShardReport At(double mass, long offset, long seen, string shard = "s0") => _given.Report(mass, offset, shard, seen) with
    {
        Onset = new RecordPlace($"{shard}-50", "topic", 0, 50),
        AdmittedSinceOnset = offset - 49,
    };
}
