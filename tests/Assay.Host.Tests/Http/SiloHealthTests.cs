using Assay.Host.Http;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Host.Tests.Http;

public sealed class SiloHealthTests
{
    private static readonly TimeSpan Stall = TimeSpan.FromMinutes(5);
    private readonly FakeTimeProvider _time = new();
    private readonly SiloHealth _health;

    public SiloHealthTests() => _health = new SiloHealth(_time, Stall);

    [Fact]
    public void WhyNotReady_FromStartToStop_NamesWhatIsMissing()
    {
        _health.Member(joined: true);
        _health.Progress("orders", 0, 1, -1, 1);
        Assert.Equal("the silo is starting", _health.WhyNotReady());
        Assert.Equal("the silo is starting", _health.WhyNotStarted());
        _health.Started();
        Assert.Null(_health.WhyNotReady());
        Assert.Null(_health.WhyNotStarted());
        _health.Stopping();
        Assert.Equal("the silo is stopping", _health.WhyNotReady());
        Assert.Null(_health.WhyNotStarted());
    }

    /// <summary>A silo that is left over waits for a partition: that it has none says nothing against it.</summary>
    [Fact]
    public void WhyNotReady_OfAMemberWithoutPartitions_IsReadyUntilItLosesItsPlace()
    {
        _health.Started();
        Assert.Equal("the consumer group has not told it its partitions yet", _health.WhyNotReady());
        _health.Member(joined: true);
        Assert.Null(_health.WhyNotReady());
        _health.Progress("orders", 0, 1, -1, 1);
        _health.Released("orders", 0);
        Assert.Null(_health.WhyNotReady());
        _health.Member(joined: false);
        Assert.NotNull(_health.WhyNotReady());
    }

    [Fact]
    public void WhyNotReady_WhenATopicIsStopped_NamesTopicAndRule()
    {
        _health.Started();
        _health.Progress("orders", 0, 1, -1, 1);
        _health.TopicPaused("orders", "json", "half of the records are no JSON");
        Assert.Contains("orders (json)", _health.WhyNotReady(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhyNotReady_WhenAPartitionIsStopped_NamesItUntilItGoesOnOrAway(bool away)
    {
        _health.Member(joined: true);
        _health.Started();
        _health.Progress("orders", 0, 1, -1, 1);
        _health.Progress("orders", 3, 1, -1, 1);
        _health.PartitionStopped("orders", 3, "retention", "gone");
        Assert.Contains("orders/3 (retention)", _health.WhyNotReady(), StringComparison.Ordinal);
        if (away)
            _health.Released("orders", 3);
        else
            _health.PartitionResumed("orders", 3);
        Assert.Null(_health.WhyNotReady());
    }

    [Fact]
    public void WhyNotLive_WhenOwnedPartitionsAreSilentForLongerThanTheLimit_NamesTheSilence()
    {
        _health.Progress("orders", 0, 1, -1, 1);
        _time.Advance(Stall);
        Assert.Null(_health.WhyNotLive());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("no word of 1 partitions for 301 s", _health.WhyNotLive());
        _health.Progress("orders", 0, 1, -1, 1);
        Assert.Null(_health.WhyNotLive());
    }

    [Fact]
    public void WhyNotLive_WithoutPartitions_IsAliveHoweverLong()
    {
        _time.Advance(10 * Stall);
        Assert.Null(_health.WhyNotLive());
    }
}
