namespace Assay.Evaluation.Bound;

/// <summary>Normal numbers.</summary>
internal static class Normal
{
    /// <summary>A standard normal draw (Box and Muller 1958, one of the pair).</summary>
    public static double Draw(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Φ within 7.5e-8 (Abramowitz and Stegun 1964, 26.2.17).</summary>
    public static double Below(double x)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        var above = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
        return x < 0 ? above : 1 - above;
    }
}

/// <summary>A stationary autoregression of order 1 with variance 1: x ← φ·x + √(1−φ²)·normal.</summary>
internal sealed class Autoregression(double phi, Random random)
{
    private double _x = Normal.Draw(random);

    public double Next() => _x = phi == 0 ? Normal.Draw(random) : (phi * _x) + (Math.Sqrt(1 - (phi * phi)) * Normal.Draw(random));
}
