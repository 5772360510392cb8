using Assay.Host.Replay;

namespace Assay.Host.Tests.Replay;

public sealed class ReplayClockTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_WithoutTimes_StandsStill()
    {
        var clock = new ReplayClock();
        Assert.Equal(ReplayClock.FixedMs, clock.Next(null));
        Assert.Equal(ReplayClock.FixedMs, clock.Next(null));
    }

    [Fact]
    public void Next_WhenTimesGoBack_NeverGoesBack()
    {
        var clock = new ReplayClock();
        var noon = clock.Next(Noon);
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), noon);
        Assert.Equal(noon, clock.Next(Noon.AddHours(-1)));
        Assert.Equal(noon, clock.Next(null));
        Assert.Equal(noon + 1_000, clock.Next(Noon.AddSeconds(1)));
    }

    [Fact]
    public void Next_WhenARecordClaimsAFarFuture_IsNotCarriedAway()
    {
        var clock = new ReplayClock();
        var noon = clock.Next(Noon);
        Assert.Equal(noon, clock.Next(Noon.AddYears(7_000)));
        Assert.Equal(noon + 1_000, clock.Next(Noon.AddSeconds(1)));
    }
}
