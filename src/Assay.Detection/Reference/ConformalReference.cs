namespace Assay.Detection.Reference;

/// <summary>
/// Scores of peers against which a writer's scores are ranked, immutable (DETECTION §2). The peers must not include the writer.
/// </summary>
public sealed class ConformalReference
{
    private static readonly double[] Exponents = [0.1, 0.3, 0.6];

    private readonly double[] _sorted;
    private readonly double _deflator;

    /// <param name="scores">Scores of peers' clean records, finite, in any order.</param>
    /// <exception cref="ArgumentException">A score is not finite.</exception>
    public ConformalReference(ReadOnlySpan<double> scores)
    {
        _sorted = scores.ToArray();
        if (!_sorted.All(double.IsFinite))
            throw new ArgumentException("A reference score is not finite.", nameof(scores));
        Array.Sort(_sorted);
        _deflator = 1 / (1 + (2 / Math.Sqrt(Math.Max(1, _sorted.Length))));
    }

    /// <summary>κ of the e-values κ·p^(κ−1): small ones bet on few very odd records, large ones on many that are a little odd.</summary>
    public static ReadOnlySpan<double> Kappas => Exponents;

    public int Count => _sorted.Length;

    /// <summary>Conformal p-value (#{reference &gt; s} + U·(1 + #{reference = s}))/(n+1): uniform on clean records, ties or not. In (0, 1].</summary>
    /// <param name="u">Uniform in (0, 1], from <see cref="KeyedUniform"/>.</param>
    public double PValue(double score, double u)
    {
        if (!double.IsFinite(score))
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score is finite.");
        var below = LowerBound(score);
        var notAbove = UpperBound(score);
        return (_sorted.Length - notAbove + (u * (1 + notAbove - below))) / (_sorted.Length + 1);
    }

    /// <summary>
    /// κ·p^(κ−1), deflated by 1 + 2/√n since the same finite reference serves many records: a measured correction, not a theorem
    /// (false alarms times A/T at worst 0.72 for n = 1,000; DETECTION §3).
    /// </summary>
    public double EValue(double p, double kappa) => kappa * Math.Pow(p, kappa - 1) * _deflator;

    private int LowerBound(double score)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle] < score)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private int UpperBound(double score)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle] <= score)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
