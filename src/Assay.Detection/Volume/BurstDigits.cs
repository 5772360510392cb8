namespace Assay.Detection.Volume;

/// <summary>How odd a count is above its expectation, where honest rates themselves vary.</summary>
internal static class BurstDigits
{
    // Shape of the gamma law of honest rates: a standard deviation of half the mean. Four times the usual rate is then worth 2.8 digits.
    private const double Shape = 4;

    /// <summary>Chernoff bound of the negative binomial upper tail, in decimal digits; 0 at or below the expectation.</summary>
    /// <param name="count">0 or more.</param>
    /// <param name="expected">Above 0.</param>
    public static double Of(double count, double expected)
    {
        if (count <= expected)
            return 0;
        var nats = count * Math.Log(count / expected) - (count + Shape) * Math.Log((count + Shape) / (expected + Shape));
        return Math.Max(0, nats / Math.Log(10));
    }
}
