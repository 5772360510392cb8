using Assay.Host.Replay;

namespace Assay.Host.Tests.Replay;

public sealed class RowDealerTests
{
    [Fact]
    public void Source_OfTheSameId_IsTheSameWhereverItStands()
    {
        var dealer = new RowDealer(seed: 3, sources: 8, identities: 5);
        Assert.Equal(dealer.Source("r17", 17), dealer.Source("r17", 90_000));
        Assert.Equal(dealer.Identity("r17", 17), dealer.Identity("r17", 90_000));
    }

    [Fact]
    public void Source_OverManyRows_IsEvenAndDependsOnTheSeed()
    {
        var counts = Enumerable.Range(0, 80_000).CountBy(i => new RowDealer(1, 8, null).Source(null, i)!).ToDictionary();
        Assert.Equal(8, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 9_500, 10_500));
        var same = Enumerable.Range(0, 8_000).Count(i => new RowDealer(1, 8, null).Source(null, i) == new RowDealer(2, 8, null).Source(null, i));
        Assert.InRange(same, 800, 1_200);
    }

    [Fact]
    public void SourceAndIdentity_AreDealtIndependently()
    {
        var dealer = new RowDealer(1, 4, 4);
        var together = Enumerable.Range(0, 40_000).CountBy(i => (dealer.Source(null, i), dealer.Identity(null, i))).ToList();
        Assert.Equal(16, together.Count);
        Assert.All(together, pair => Assert.InRange(pair.Value, 2_200, 2_800));
    }

    [Fact]
    public void Source_WhereTheProfileNamesIt_IsNotDealt() => Assert.Null(new RowDealer(1, null, null).Source("a", 1));

    [Fact]
    public void Source_OfAnIdLongerThanAnyBuffer_IsDealt() =>
        Assert.StartsWith("source-", new RowDealer(1, 3, null).Source(new string('ü', 100_000), 1), StringComparison.Ordinal);
}
