using Assay.Detection.LabelSlices;

namespace Assay.Detection.Tests.LabelSlices;

public class SmallestAttackTests
{
    [Fact]
    public void Of_WhenTheSliceIsThin_IsNotMonitored()
    {
        Assert.Null(SmallestAttack.Of(100, 19, 40, 20, 16));
        Assert.Null(SmallestAttack.Of(60, 20, 30, 20, 40));
    }

    [Fact]
    public void Of_WhenTheSliceGrows_AsksForLess()
    {
        var small = SmallestAttack.Of(400, 190, 85, 20, 16)!.Value;
        var large = SmallestAttack.Of(4000, 1900, 150, 20, 16)!.Value;
        Assert.True(large.Rate < small.Rate);
        Assert.InRange(small.Rate, 0.2, 0.6);
        Assert.Equal(small.Rate * 190, small.Flips, 9);
    }

    [Fact]
    public void Monitoring_OfAWriterWithHistory_StatesEverySlice()
    {
        var cohort = new Cohort(2, 31);
        for (var i = 0; i < 8000; i++)
            cohort.Step();
        var stated = cohort.Detector.Monitoring("w0", 1e5).ToDictionary();
        Assert.NotNull(stated["colour=red"]);
        Assert.True(stated["all records"]!.Value.Rate <= stated["colour=red"]!.Value.Rate);
        Assert.Empty(cohort.Detector.Monitoring("stranger", 1e5));
    }
}
