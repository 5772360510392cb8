using Assay.Contracts.State;
using Assay.Detection.Statistics;

namespace Assay.Detection.Tests;

public sealed class BoundedTests
{
    [Fact]
    public void HeavyHitters_WhenTheStreamIsLong_KeepsEveryHeavyStringWithinTheStatedError()
    {
        var random = new Random(1);
        var hitters = new HeavyHitters(50);
        var exact = new Dictionary<string, long>();
        for (var i = 0; i < 50_000; i++)
        {
            var key = $"k{(int)(1 / (random.NextDouble() + 1e-4))}";
            hitters.Add(key);
            exact[key] = exact.GetValueOrDefault(key) + 1;
        }

        var ranked = hitters.Ranked();
        Assert.Equal(50, ranked.Length);
        Assert.All(ranked, h => Assert.InRange(exact[h.Key], h.Count - h.Error, h.Count));
        Assert.All(ranked, h => Assert.InRange(h.Error, 0, hitters.Total / hitters.Capacity));
        Assert.All(exact.Where(e => e.Value > hitters.Total / hitters.Capacity), e => Assert.Contains(ranked, h => h.Key == e.Key));
    }

    [Fact]
    public void HeavyHitters_WhenStringsAreLong_TellsThemApartInBoundedKeys()
    {
        var hitters = new HeavyHitters(4);
        var (one, other) = (new string('x', 10_000) + "1", new string('x', 10_000) + "2");
        hitters.Add(one);
        hitters.Add(one);
        hitters.Add(other);
        Assert.Equal((2, 1), (hitters.Estimate(one), hitters.Estimate(other)));
        Assert.All(hitters.Ranked(), h => Assert.InRange(h.Key.Length, 1, BoundedKey.MaxLength));
    }

    [Fact]
    public void RecentSet_RemembersAtLeastTheLatestCapacityKeys()
    {
        var set = new RecentSet(100);
        for (ulong key = 0; key < 1000; key++)
        {
            Assert.True(set.Add(key));
            Assert.False(set.Add(key));
            for (var back = 0UL; back < Math.Min(key, 100); back++)
                Assert.True(set.Contains(key - back));
            Assert.InRange(set.Count, 1, 200);
        }

        Assert.False(set.Contains(0));
    }

    [Fact]
    public void RecentSet_WhenRestored_HoldsTheSameKeys()
    {
        var set = new RecentSet(100);
        for (ulong key = 0; key < 250; key++)
            set.Add(key * 7919);
        var writer = new StateWriter();
        set.Write(writer);
        var restored = new RecentSet(100);
        var reader = new StateReader(writer.Written);
        restored.Read(ref reader);
        Assert.All(Enumerable.Range(0, 300).Select(k => (ulong)k * 7919), k => Assert.Equal(set.Contains(k), restored.Contains(k)));
    }

    [Fact]
    public void FieldSlots_WhenNamesComeInAnotherOrderOrAsOtherObjects_FindsTheSameSlots()
    {
        var slots = new FieldSlots(3);
        Assert.Equal([0, 1, 2], new[] { "a", "b", "c" }.Select((n, i) => slots.FindOrAdd(i, n)));
        Assert.Equal([2, 0, 1], new[] { "c", "a", "b" }.Select((n, i) => slots.Find(i, n)));
        Assert.Equal(1, slots.Find(1, new string(['b'])));
        Assert.Equal(FieldSlots.None, slots.FindOrAdd(3, "d"));
        Assert.Equal(FieldSlots.None, new FieldSlots(3).FindOrAdd(0, new string('n', FieldSlots.MaxNameLength + 1)));
    }

    [Fact]
    public void RateMeter_WhenArrivalsAreSteady_TellsTheirRateAtEveryHalfLife()
    {
        var meter = new RateMeter(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        for (var ms = 0; ms <= 100_000; ms += 20)
            meter.Add(ms);
        Assert.InRange(meter.PerSecond(0), 49.5, 50.5);
        Assert.InRange(meter.PerSecond(1), 49.5, 50.5);
    }

    [Fact]
    public void RateMeter_WhenTimeStandsStillOrGoesBack_StaysFinite()
    {
        var meter = new RateMeter(TimeSpan.FromSeconds(10));
        foreach (var ms in new[] { 5L, 5, 1, long.MaxValue, long.MinValue, 7 })
            meter.Add(ms);
        Assert.True(double.IsFinite(meter.PerSecond(0)));
        Assert.Equal(6, meter.Count);
    }

    [Fact]
    public void TailCalibration_WhenTheTailIsHeavierThanTheModels_GivesDigitsThatHold()
    {
        var random = new Random(5);
        double Surprise() => Math.Pow(-Math.Log10(1 - random.NextDouble()), 3);
        var calibration = new TailCalibration(512, 8192);
        for (var i = 0; i < 20_000; i++)
            calibration.Learn(Surprise());
        var digits = Enumerable.Range(0, 100_000).Select(_ => calibration.Digits(Surprise())).ToArray();
        Assert.InRange(digits.Count(d => d >= 1), 9_000, 11_000);
        Assert.InRange(digits.Count(d => d >= 2), 800, 1_200);
        Assert.InRange(digits.Count(d => d >= 3), 60, 140);
    }
}
