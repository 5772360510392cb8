using Assay.Contracts.Evidence;
using Assay.Detection.Density;

namespace Assay.Detection.Tests.Density;

public sealed class DensityTests
{
    [Theory]
    [InlineData(3.841459, 1, 1.30103)]
    [InlineData(6.634897, 1, 2)]
    [InlineData(23.20925, 10, 2)]
    [InlineData(29.58830, 10, 3)]
    [InlineData(73.67653, 50, 1.79588)]
    [InlineData(137.2084, 100, 2.10474)]
    public void ChiSquareTail_IsCloseToTheTabulatedTail(double sum, double degrees, double digits) =>
        Assert.Equal(digits, ChiSquareTail.Digits(sum, degrees), 0.06);

    [Fact]
    public void ChiSquareTail_GrowsWithoutEndAndWithoutJumps()
    {
        var last = 0.0;
        for (var sum = 1.0; sum < 1e12; sum *= 1.01)
        {
            var digits = ChiSquareTail.Digits(sum, 3);
            Assert.InRange(digits, last, double.MaxValue);
            last = digits;
        }

        Assert.True(double.IsFinite(ChiSquareTail.Digits(1e300, 1)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    public void Score_WhenRecordsAreGaussian_SaysHowOftenACleanOneIsAsOdd(int features)
    {
        var detector = new DensityDetector(new DensityOptions());
        var random = new Random(features);
        var scores = Enumerable.Range(0, 20_000).Select(_ => Step(detector, Clean(random, features))).Skip(2000).ToArray();
        Assert.InRange(scores.Count(s => s >= 1) / 18_000.0, 0.06, 0.16);
        Assert.InRange(scores.Count(s => s >= 2) / 18_000.0, 0.005, 0.02);
        Assert.InRange(scores.Count(s => s >= 3) / 18_000.0, 0.0002, 0.004);
    }

    [Fact]
    public void Score_WhenAConstantFeatureVariesForTheFirstTime_IsHighButFinite()
    {
        var detector = new DensityDetector(new DensityOptions());
        for (var i = 0; i < 2000; i++)
            Step(detector, With(5));
        Assert.Equal(0, Score(detector, With(5)));
        Assert.InRange(Score(detector, With(5.001)), 3, double.MaxValue);
    }

    [Fact]
    public void Score_WhenAFloodShiftsTheRunningModel_TheAnchorStillSeesIt()
    {
        var detector = new DensityDetector(new DensityOptions());
        var random = new Random(2);
        for (var i = 0; i < 5000; i++)
            Step(detector, Clean(random, 3));
        var before = Score(detector, Shifted(random));
        for (var i = 0; i < 3000; i++)
            Step(detector, Shifted(random));
        Assert.InRange(before, 3, double.MaxValue);
        Assert.InRange(Score(detector, Shifted(random)), 3, double.MaxValue);
    }

    [Fact]
    public void Score_WhenAFeatureIsMissing_JudgesTheOthers()
    {
        var detector = new DensityDetector(new DensityOptions());
        var random = new Random(4);
        for (var i = 0; i < 3000; i++)
            Step(detector, Clean(random, 3));
        var record = new Record();
        record.Features.Add("x2", 40);
        record.Features.Add("never seen", 1e9);
        Assert.InRange(Score(detector, record), 4, double.MaxValue);
        Assert.Contains("x2 = 40", detector.Explain(record, new Finding { Score = 5 })!, StringComparison.Ordinal);
    }

    private static Record Clean(Random random, int features, double shift = 0)
    {
        var record = new Record();
        for (var i = 0; i < features; i++)
            record.Features.Add($"x{i}", Gaussian(random) + shift);
        return record;
    }

    private static Record Shifted(Random random) => Clean(random, 3, shift: 6);

    private static Record With(double value)
    {
        var record = new Record();
        record.Features.Add("constant", value);
        return record;
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Score(DensityDetector detector, Record record)
    {
        var finding = new Finding();
        detector.Score(record, finding);
        return finding.Score;
    }

    private static double Step(DensityDetector detector, Record record)
    {
        var score = Score(detector, record);
        detector.Learn(record);
        return score;
    }
}
