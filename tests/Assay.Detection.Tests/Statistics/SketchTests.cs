using Assay.Contracts.State;
using Assay.Detection.Statistics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Assay.Detection.Tests;

public sealed class SketchTests
{
    [Property(MaxTest = 200)]
    public void Quantile_IsWithinTheStatedErrorOfTheExactOne(NonEmptyArray<NormalFloat> input)
    {
        // Within the octaves that the sketch keeps apart.
        double[] values = [.. input.Get.Select(v => Math.Round(v.Get % 1e6, 2))];
        var sketch = new QuantileSketch();
        foreach (var value in values)
            sketch.Add(value);
        Array.Sort(values);
        foreach (var q in new[] { 0, 0.1, 0.5, 0.9, 0.99, 1 })
        {
            var exact = values[Math.Clamp((int)Math.Ceiling(q * values.Length) - 1, 0, values.Length - 1)];
            Assert.InRange(sketch.Quantile(q), exact - Math.Abs(exact) * QuantileSketch.RelativeError - 1e-12,
                exact + Math.Abs(exact) * QuantileSketch.RelativeError + 1e-12);
        }
    }

    [Property(MaxTest = 200)]
    public void Merge_GivesWhatOneSketchOfAllWouldHold(NormalFloat[] left, NormalFloat[] right)
    {
        var (one, other, both) = (new QuantileSketch(), new QuantileSketch(), new QuantileSketch());
        foreach (var value in left)
        {
            one.Add(value.Get % 1e4);
            both.Add(value.Get % 1e4);
        }

        foreach (var value in right)
        {
            other.Add(value.Get % 1e4);
            both.Add(value.Get % 1e4);
        }

        one.Merge(other);
        Assert.Equal(Bytes(both.Write), Bytes(one.Write));
    }

    [Fact]
    public void Add_WhenTheRangeIsExtreme_KeepsTheLargestMagnitudesExactAndMemoryBounded()
    {
        var sketch = new QuantileSketch();
        for (var exponent = -290; exponent <= 300; exponent++)
            sketch.Add(Math.Pow(10, exponent));
        Assert.InRange(sketch.Quantile(1), 0.99e300, 1.01e300);
        Assert.InRange(sketch.MemoryBytes, 0, 2 * 8 * QuantileSketch.MaxBuckets + 400);
        Assert.Equal(591, sketch.Count);
    }

    [Fact]
    public void CountAtLeast_CountsBothSigns()
    {
        var sketch = new QuantileSketch();
        foreach (var value in new[] { -100.0, -1, 0, 0, 1, 100 })
            sketch.Add(value);
        Assert.Equal([6, 5, 4, 2, 1, 0], new[] { -100.0, -1, 0, 1, 100, 1000 }.Select(sketch.CountAtLeast));
    }

    [Property(MaxTest = 200)]
    public void Moments_WhenMerged_EqualThoseOfAll(NormalFloat[] left, NormalFloat[] right)
    {
        var (one, other, both) = (new RunningMoments(), new RunningMoments(), new RunningMoments());
        foreach (var value in left)
        {
            one.Add(value.Get % 1e3);
            both.Add(value.Get % 1e3);
        }

        foreach (var value in right)
        {
            other.Add(value.Get % 1e3);
            both.Add(value.Get % 1e3);
        }

        one.Merge(other);
        Assert.Equal((both.Count, both.Min, both.Max), (one.Count, one.Min, one.Max));
        Assert.Equal(both.Mean, one.Mean, 1e-6);
        Assert.Equal(both.Variance, one.Variance, 1e-3);
    }

    [Fact]
    public void Moments_WhenTheOffsetIsHuge_KeepTheVariance()
    {
        var moments = new RunningMoments();
        for (var i = 0; i < 1000; i++)
            moments.Add(1e12 + i % 2);
        Assert.Equal(0.25, moments.Variance, 1e-6);
    }

    private static byte[] Bytes(Action<StateWriter> write)
    {
        var writer = new StateWriter();
        write(writer);
        return writer.Written.ToArray();
    }
}
