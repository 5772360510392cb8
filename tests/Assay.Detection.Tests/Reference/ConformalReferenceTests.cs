using System.Globalization;
using Assay.Detection.Reference;

namespace Assay.Detection.Tests.Reference;

public class ConformalReferenceTests
{
    [Fact]
    public void PValue_WhenScoresTie_SpreadsOverTheTies()
    {
        var reference = new ConformalReference([1, 2, 2, 2, 3]);
        Assert.Equal(1.0 / 6, reference.PValue(4, 1), 12);
        Assert.Equal((1 + (0.5 * 4)) / 6, reference.PValue(2, 0.5), 12);
        Assert.Equal(1, reference.PValue(0, 1), 12);
    }

    [Fact]
    public void PValue_WhenTheScoreIsNotFinite_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConformalReference([1]).PValue(double.NaN, 0.5));

    [Fact]
    public void EValue_WhenTheRecordIsTheOddest_IsAboutKappaTimesNToOneMinusKappa()
    {
        var reference = new ConformalReference([.. Enumerable.Range(0, 5000).Select(i => (double)i)]);
        var e = reference.EValue(reference.PValue(1e9, 1), 0.3);
        Assert.InRange(e, 0.95 * 0.3 * Math.Pow(5001, 0.7), 0.3 * Math.Pow(5001, 0.7));
    }

    /// <summary>Continuous scores, scores on five levels, and scores that are nearly always the same.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(2)]
    public void EValues_WhenReferencesAreEstimatedAndScoresTie_KeepTheBound(int levels)
    {
        const double A = 500;
        const int PerReference = 20_000;
        const int References = 20;
        var random = new Random(11);
        double Score()
        {
            var x = random.NextDouble();
            return levels switch
            {
                0 => Math.Log(1 / (1 - x)),
                2 => x < 0.97 ? 0 : 1,
                _ => Math.Floor(x * levels),
            };
        }

        var alarms = 0;
        for (var r = 0; r < References; r++)
        {
            var reference = new ConformalReference([.. Enumerable.Range(0, 1000).Select(_ => Score())]);
            double[] mass = new double[3];
            for (var i = 0; i < PerReference; i++)
            {
                var p = reference.PValue(Score(), KeyedUniform.Of(42, string.Create(CultureInfo.InvariantCulture, $"{r}/{i}")));
                for (var k = 0; k < 3; k++)
                    mass[k] = (mass[k] + (1.0 / 3)) * reference.EValue(p, ConformalReference.Kappas[k]);
                if (mass.Sum() < A)
                    continue;
                alarms++;
                Array.Clear(mass);
            }
        }

        // T/A = 800; the deflated e-values must not use all of it.
        Assert.InRange(alarms, 1, References * PerReference / A);
    }

    [Fact]
    public void KeyedUniform_OverManyIds_IsUniformAndDependsOnTheKey()
    {
        double[] draws = [.. Enumerable.Range(0, 10_000).Select(i => KeyedUniform.Of(1, i.ToString(CultureInfo.InvariantCulture)))];
        Assert.All(draws, u => Assert.InRange(u, double.Epsilon, 1));
        for (var decile = 0; decile < 10; decile++)
            Assert.InRange(draws.Count(u => u > decile / 10.0 && u <= (decile + 1) / 10.0), 880, 1120);
        Assert.NotEqual(draws[7], KeyedUniform.Of(2, "7"));
    }
}
