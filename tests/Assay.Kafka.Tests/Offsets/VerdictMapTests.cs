using Assay.Contracts.Verdicts;
using Assay.Kafka.Offsets;

namespace Assay.Kafka.Tests.Offsets;

public class VerdictMapTests
{
    [Fact]
    public void TryAdd_UnderRandomWork_KeepsTheFirstVerdictOfEachOffset()
    {
        var random = new Random(7);
        var map = new VerdictMap();
        var model = new Dictionary<long, VerdictKind>();
        var floor = 0L;
        for (var n = 0; n < 60_000; n++)
        {
            var offset = (random.Next(3) * 16_384L) + random.Next(20_000);
            var kind = (VerdictKind)random.Next(1, 4);
            Assert.Equal(offset >= floor && !model.ContainsKey(offset), map.TryAdd(offset, kind));
            if (offset >= floor)
                model.TryAdd(offset, kind);
            if (n % 20_000 == 19_999)
                map.DropBelow(floor += 9_000);
        }

        for (var offset = floor; offset < 60_000; offset++)
            Assert.Equal(model.GetValueOrDefault(offset), map[offset]);
    }

    [Fact]
    public void DropBelow_FreesPagesAndRefusesWhatLiesThere()
    {
        var map = new VerdictMap();
        for (var offset = 0L; offset < 100_000; offset++)
            map.TryAdd(offset, VerdictKind.Admit);
        Assert.Equal(7 * 4_096, map.Bytes);
        map.DropBelow(90_000);
        Assert.Equal(2 * 4_096, map.Bytes);
        Assert.False(map.TryAdd(5, VerdictKind.Hold));
        Assert.Equal(VerdictKind.Admit, map[90_000]);
        Assert.Equal(VerdictKind.None, map[5]);
    }

    [Theory, InlineData(VerdictKind.None), InlineData(VerdictKind.DeadLetter)]
    public void TryAdd_OfWhatIsNoVerdict_Throws(VerdictKind kind) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VerdictMap().TryAdd(1, kind));
}
