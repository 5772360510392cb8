using Assay.Host.Replay.Output;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Assay.Host.Tests.Replay.Output;

public sealed class ResequencerTests
{
    [Property]
    public Property TryTake_OnAnyOrderWithRepeats_GivesEachItemOnceInOrder() =>
        Prop.ForAll(Gen.Shuffle(Enumerable.Range(0, 20).SelectMany(i => new[] { i, i })).ToArbitrary(), order =>
        {
            var rows = new Resequencer<int>(20);
            var taken = new List<int>();
            foreach (var number in order)
            {
                if (!rows.TryAdd(number, number))
                    return false;
                while (rows.TryTake(out var item))
                    taken.Add(item);
            }

            return taken.SequenceEqual(Enumerable.Range(0, 20));
        });

    [Fact]
    public void TryAdd_WhenBeyondTheWindow_RefusesUntilThereIsRoom()
    {
        var rows = new Resequencer<string>(2);
        Assert.True(rows.TryAdd(1, "b"));
        Assert.False(rows.TryAdd(2, "c"));
        Assert.False(rows.TryTake(out _));
        Assert.True(rows.TryAdd(0, "a"));
        Assert.True(rows.TryTake(out var item));
        Assert.Equal("a", item);
        Assert.True(rows.TryAdd(2, "c"));
        Assert.Equal(1, rows.Next);
    }
}
