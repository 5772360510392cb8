using Assay.Kafka.Offsets;

namespace Assay.Kafka.Tests.Offsets;

public class VerdictPositionsTests
{
    /// <summary>Random flows, verdicts acknowledged late and in pieces: the position never hides a verdict at or above the watermark.</summary>
    [Fact]
    public void DropBelow_UnderRandomWork_NeverHidesAVerdict()
    {
        var random = new Random(5);
        var positions = new VerdictPositions();
        var topic = new List<long>();
        var (acknowledged, next, watermark) = (0, 0L, 0L);
        for (var n = 0; n < 400; n++)
        {
            for (var batch = random.Next(2_000); batch > 0; batch--, next++)
            {
                positions.Produced(next);
                topic.Add(next);
            }

            acknowledged = random.Next(acknowledged, topic.Count + 1);
            positions.Stands(acknowledged);
            watermark = Math.Max(watermark, random.NextInt64(next + 1));
            var position = (int)positions.DropBelow(watermark);
            Assert.All(topic.Take(position), offset => Assert.True(offset < watermark));
        }
    }

    [Fact]
    public void DropBelow_WhenNothingIsPending_IsTheEndAsFarAsItIsKnown()
    {
        var positions = new VerdictPositions(end: 10);
        positions.Found(3, position: 4);
        Assert.Equal(4, positions.DropBelow(0));
        Assert.Equal(10, positions.DropBelow(20_000));
        positions.Stands(30);
        Assert.Equal(30, positions.DropBelow(20_000));
    }
}
