using Assay.Contracts.Trust;

namespace Assay.Client.Tests;

public sealed class TrustFreshnessTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void IsStale_BeforeAnyHeartbeat_IsTrue()
    {
        var freshness = new TrustFreshness(2);
        freshness.Apply(new TrustHeartbeat(0, 1, 0, Noon));

        Assert.False(freshness.IsStale(0, Noon));
        Assert.True(freshness.IsStale(1, Noon));
        Assert.True(freshness.IsStale(Noon));
    }

    [Fact]
    public void IsStale_AroundTheEndOfValidity_ChangesAtItsInstant()
    {
        var freshness = new TrustFreshness(1);
        freshness.Apply(new TrustHeartbeat(0, 1, 0, Noon));

        Assert.False(freshness.IsStale(Noon));
        Assert.True(freshness.IsStale(Noon.AddTicks(1)));
    }

    [Fact]
    public void Apply_OfAnOlderOrEqualEpoch_ProlongsNothing()
    {
        var freshness = new TrustFreshness(1);

        Assert.True(freshness.Apply(new TrustHeartbeat(0, 5, 0, Noon)));
        Assert.False(freshness.Apply(new TrustHeartbeat(0, 4, 0, Noon.AddHours(1))));
        Assert.False(freshness.Apply(new TrustHeartbeat(0, 5, 0, Noon.AddHours(1))));
        Assert.True(freshness.IsStale(Noon.AddMinutes(1)));
        Assert.True(freshness.Apply(new TrustHeartbeat(0, 6, 0, Noon.AddHours(1))));
        Assert.False(freshness.IsStale(Noon.AddMinutes(1)));
    }

    [Fact]
    public void IsStale_OfAnIdentity_AsksBothPartitionsThatMayDecideAboutIt()
    {
        const int Partitions = 64;
        var everywhere = TrustPartition.Of(new StandingKey("svc"), Partitions);
        var here = TrustPartition.Of(new StandingKey("svc", "pipe"), Partitions);
        Assert.NotEqual(everywhere, here);
        var freshness = new TrustFreshness(Partitions);

        freshness.Apply(new TrustHeartbeat(everywhere, 1, 0, Noon));
        Assert.True(freshness.IsStale("svc", "pipe", Noon));
        freshness.Apply(new TrustHeartbeat(here, 1, 0, Noon));
        Assert.False(freshness.IsStale("svc", "pipe", Noon));
        Assert.True(freshness.IsStale("svc", "pipe", Noon.AddSeconds(1)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Partition_ThatTheTopicDoesNotHave_IsStaleAndTakesNoHeartbeat(int partition)
    {
        var freshness = new TrustFreshness(3);

        Assert.False(freshness.Apply(new TrustHeartbeat(partition, 1, 0, Noon)));
        Assert.True(freshness.IsStale(partition, Noon));
    }
}
