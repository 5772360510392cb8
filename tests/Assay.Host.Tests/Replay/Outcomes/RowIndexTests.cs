using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Outcomes;

namespace Assay.Host.Tests.Replay.Outcomes;

public sealed class RowIndexTests
{
    [Fact]
    public void Find_ByPosition_GivesTheRowAsTheFilesNameIt()
    {
        var index = Filled(rows: 100, count: 10);
        Assert.Equal("f.csv:5", index.Find("replay/1/1")!.Value.Id);
        Assert.Equal("own-4", index.Find("replay/0/2")!.Value.Id);
        Assert.Null(index.Find("replay/0/99"));
        Assert.Null(index.Find("replay/7/0"));
        Assert.Null(index.Find("own-4"));
        Assert.Null(index.Find("replay/x/1"));
    }

    [Fact]
    public void Trim_ForgetsOldRowsAndKeepsTheNewest()
    {
        var index = Filled(rows: 2_000, count: 10_000);
        index.Trim(10_000);
        Assert.Null(index.Find(0, 3_999));
        Assert.Equal(8_000, index.Find(0, 4_000)!.Value.Number);
        Assert.Equal(9_999, index.Find(1, 4_999)!.Value.Number);
        Assert.Equal(2_000, index.Of("ann", 0, long.MaxValue).Count + index.Of("eve", 0, long.MaxValue).Count);
    }

    [Fact]
    public void Recalled_TakesTheIdentitysAdmittedRowsOfTheRangesInStreamOrder()
    {
        var index = Filled(rows: 100, count: 20);
        var found = index.Recalled(Recall(new RecallRange("replay", 1, 1, 5), new RecallRange("replay", 0, 2, 4)), out var complete);
        Assert.True(complete);
        Assert.Equal([3, 5, 7, 9, 11], found.Select(row => row.Number));
        var late = index.Recalled(Recall(new RecallRange("replay", 1, 7, 9), new RecallRange("replay", 1, 5, 8)), out _);
        Assert.Equal([11, 15, 17], late.Select(row => row.Number));
    }

    [Fact]
    public void Recalled_WhenARangeReachesFurtherBack_SaysThatItIsNotAll()
    {
        var index = Filled(rows: 10, count: 100);
        index.Trim(100);
        Assert.Equal(3, index.Recalled(Recall(new RecallRange("replay", 1, 0, 49)), out var complete).Count);
        Assert.False(complete);
    }

    [Fact]
    public void Poisoned_CountsTheRowsOfAnIdentityAndKnowsTheFirst()
    {
        var index = new RowIndex("replay", 1);
        foreach (var number in new[] { 4L, 2, 3 })
            index.Add(0, number, new JudgedRow(number, null, "f", number, "s", "eve", VerdictKind.Admit, number != 2));
        Assert.Equal(new PoisonedRows(3, 2), index.Poisoned("eve"));
        Assert.Null(index.Poisoned("ann"));
    }

    /// <summary>Row i stands in partition i mod 2; odd rows are eve's, a third of hers from row 13 on held; rows of partition 0 bring ids.</summary>
    private static RowIndex Filled(int rows, int count)
    {
        var index = new RowIndex("replay", 2, rows);
        for (var i = 0; i < count; i++)
        {
            index.Add(i % 2, i / 2, new JudgedRow(
                i, i % 2 == 0 ? $"own-{i}" : null, "f.csv", i + 2, "s", i % 2 == 1 ? "eve" : "ann", i % 3 == 1 && i > 12 ? VerdictKind.Hold : VerdictKind.Admit, false));
        }

        return index;
    }

    private static Recall Recall(params RecallRange[] ranges) =>
        new() { Identity = "eve", Epoch = 1, From = "a", To = "b", Records = 1, Ranges = ranges };
}
