using Assay.Host.Traffic;

namespace Assay.Host.Tests.Traffic;

public class AttackTimetableTests
{
    private static readonly TimedAttack Flood =
        new("f", AttackKind.DuplicateFlood, TrafficTopics.Documents, "crawler-delta", 100, 1, "duplicates", "floods");

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(109, true)]
    [InlineData(110, false)]
    [InlineData(149, false)]
    [InlineData(150, true)]
    [InlineData(200, false)]
    public void IsActive_WhenItComesInBursts_FollowsThem(long number, bool active) =>
        Assert.Equal(active, (Flood with { BurstEvery = 50, BurstLength = 10, End = 200 }).IsActive(number));

    [Fact]
    public void Constructor_WhenIdsRepeat_Refuses() => Assert.Throws<ArgumentException>(() => new AttackTimetable([Flood, Flood]));

    [Fact]
    public void Constructor_WhenAShareIsZero_Refuses() =>
        Assert.Throws<ArgumentException>(() => new AttackTimetable([Flood with { Share = 0 }]));

    [Fact]
    public void Constructor_WhenABurstOutlastsItsPeriod_Refuses() =>
        Assert.Throws<ArgumentException>(() => new AttackTimetable([Flood with { BurstEvery = 5, BurstLength = 6 }]));

    [Fact]
    public void Started_WhenNothingWasProduced_IsEmpty() => Assert.Empty(AttackTimetable.Default.Started(0));
}
