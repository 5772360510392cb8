using Assay.Host.Replay;
using Assay.Mapping.Files;

namespace Assay.Host.Tests.Replay;

public sealed class InFlightTests
{
    [Fact]
    public void Take_OutOfOrder_SaysWhereTheFirstGapIs()
    {
        var rows = new InFlight();
        for (var i = 0; i < 4; i++)
            rows.Add(Row(i));
        Assert.Equal(2, rows.Take(2, out var next)!.Number);
        Assert.Equal(0, next);
        rows.Take(0, out next);
        Assert.Equal(1, next);
        rows.Take(1, out next);
        Assert.Equal(3, next);
    }

    [Fact]
    public void Take_OfARepeatedVerdict_GivesNothing()
    {
        var rows = new InFlight();
        rows.Add(Row(0));
        Assert.NotNull(rows.Take(0, out _));
        Assert.Null(rows.Take(0, out var next));
        Assert.Equal(1, next);
    }

    private static PendingRow Row(int number) => new(number, new FileRecord("f", number + 1, default), "s", null, null);
}
