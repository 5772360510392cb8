using System.Text;
using Assay.Contracts.Trust;

namespace Assay.Contracts.Tests.Trust;

public sealed class TrustPartitionTests
{
    /// <summary>The vectors of Kafka's own test of its murmur2 (UtilsTest.testMurmur2), as the partition among 2^31 − 1 of the hash without its sign.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Of_AKey_IsKafkasMurmur2(string key, int murmur2)
    {
        Assert.Equal((murmur2 & int.MaxValue) % int.MaxValue, TrustPartition.Of(Encoding.UTF8.GetBytes(key), int.MaxValue));
        Assert.Equal((murmur2 & int.MaxValue) % 12, TrustPartition.Of(Encoding.UTF8.GetBytes(key), 12));
    }

    [Fact]
    public void Of_AStandingKey_IsThatOfItsText() =>
        Assert.Equal(TrustPartition.Of("[\"svc\",\"pipe\"]"u8, 64), TrustPartition.Of(new StandingKey("svc", "pipe"), 64));

    [Fact]
    public void Of_NoPartitions_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => TrustPartition.Of("svc"u8, 0));

    [Fact]
    public void HeartbeatKey_OfAPartition_IsNoStandingsKey()
    {
        var key = new TrustHeartbeat(3, 1, 0, DateTimeOffset.UnixEpoch).Key;

        Assert.Equal("[\"heartbeat\",3]", key);
        Assert.Throws<FormatException>(() => StandingKey.Parse(key));
    }
}
