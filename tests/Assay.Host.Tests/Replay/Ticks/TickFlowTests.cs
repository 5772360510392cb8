using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Ticks;

namespace Assay.Host.Tests.Replay.Ticks;

public sealed class TickFlowTests
{
    private readonly TickFlow _flow = new(partitions: 2);

    [Fact]
    public void Ended_WhenEveryRecordHasItsVerdict_IsComplete()
    {
        _flow.Begin();
        Judge(0, "a", 0, 1);
        var ended = _flow.Ended(3);
        Assert.False(ended.IsCompleted);
        Judge(1, "b", 0);
        Assert.True(ended.IsCompletedSuccessfully);
        Assert.Equal([new SourceId("replay", 0, "a"), new SourceId("replay", 1, "b")], _flow.Shards.OrderBy(s => s.Source, StringComparer.Ordinal));
    }

    [Fact]
    public void Ended_WhenVerdictsRepeatAndComeOutOfOrder_CountsEachRecordOnce()
    {
        _flow.Begin();
        var ended = _flow.Ended(3);
        Judge(0, "a", 2);
        Judge(0, "a", 2);
        Judge(0, "a", 0);
        Judge(0, "a", 0, 2);
        Assert.False(ended.IsCompleted);
        Judge(0, "b", 1);
        Assert.True(ended.IsCompletedSuccessfully);
    }

    [Fact]
    public void Begin_ForgetsTheTickBefore()
    {
        _flow.Begin();
        Judge(0, "a", 0, 1);
        Assert.True(_flow.Ended(2).IsCompletedSuccessfully);
        _flow.Begin();
        Judge(0, "a", 0, 1);
        var ended = _flow.Ended(1);
        Assert.Empty(_flow.Shards);
        Assert.False(ended.IsCompleted);
        Judge(0, "c", 2);
        Assert.True(ended.IsCompletedSuccessfully);
        Assert.Equal("c", Assert.Single(_flow.Shards).Source);
    }

    [Fact]
    public void Ended_OfATickWithoutRecords_IsCompleteAtOnce()
    {
        _flow.Begin();
        Assert.True(_flow.Ended(0).IsCompletedSuccessfully);
    }

    private void Judge(int partition, string source, params long[] offsets) =>
        _flow.Judged("replay", partition, source, [.. offsets.Select(o => new Verdict { Offset = o, Kind = VerdictKind.Admit, RecordId = "r", Identity = source, Dataset = "d" })]);
}
