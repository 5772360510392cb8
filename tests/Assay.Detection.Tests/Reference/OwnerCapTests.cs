using Assay.Detection.Reference;

namespace Assay.Detection.Tests.Reference;

public class OwnerCapTests
{
    [Theory]
    [InlineData(0.25, new double[] { 5000, 1000, 1000, 1000, 1000, 1000, 1000 })]
    [InlineData(0.25, new double[] { 90_000, 80_000, 500, 500, 500, 500, 400, 300 })]
    [InlineData(0.325, new double[] { 90_000, 500, 400, 300 })]
    [InlineData(0.65, new double[] { 90_000, 500 })]
    public void Level_WhenOwnersAreLarge_BringsEachDownToTheCap(double cap, double[] volumes)
    {
        var level = OwnerCap.Level(volumes, 0.25);
        double[] weighted = [.. volumes.Select(v => Math.Min(v, level))];
        Assert.InRange(weighted.Max() / weighted.Sum(), cap - 0.05, cap + 1e-9);
    }

    [Theory]
    [InlineData(new double[] { 1000, 1000, 1000, 1000, 1000 })]
    [InlineData(new double[] { 1000, 900, 1 })]
    [InlineData(new double[] { 1000 })]
    [InlineData(new double[] { })]
    public void Level_WhenNobodyIsTooLarge_CapsNobody(double[] volumes) =>
        Assert.Equal(double.PositiveInfinity, OwnerCap.Level(volumes, 0.25));
}
