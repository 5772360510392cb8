using Assay.Host.Replay.Ticks;

namespace Assay.Host.Tests.Replay.Ticks;

public sealed class TickLengthTests
{
    [Fact]
    public void Next_WhileNobodyHasNews_DoublesUpToTheLongest()
    {
        var length = new TickLength();
        var pieces = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            pieces.Add(length.Pieces);
            length.Next(news: false);
        }

        Assert.Equal([1, 2, 4, 8, 8, 8], pieces);
    }

    [Fact]
    public void Next_WhenAnybodyHasNews_IsOnePieceAgain()
    {
        var length = new TickLength();
        length.Next(news: false);
        length.Next(news: false);
        length.Next(news: true);
        Assert.Equal(1, length.Pieces);
    }
}
