namespace Assay.Evaluation.Labels;

/// <summary>Limits of a Poisson mean from one count.</summary>
public static class PoissonLimit
{
    /// <summary>The mean above which a count as low as this has less than 5 % probability (one-sided exact upper limit).</summary>
    public static double Upper95(int count)
    {
        double low = count, high = count + (10 * Math.Sqrt(count + 1)) + 10;
        for (var i = 0; i < 100; i++)
        {
            var mean = (low + high) / 2;
            if (AtMost(count, mean) > 0.05)
                low = mean;
            else
                high = mean;
        }

        return high;
    }

    /// <summary>The mean below which a count as high as this has less than 5 % probability (one-sided exact lower limit).</summary>
    public static double Lower95(int count)
    {
        double low = 0, high = count;
        for (var i = 0; i < 100; i++)
        {
            var mean = (low + high) / 2;
            if (1 - AtMost(count - 1, mean) < 0.05)
                low = mean;
            else
                high = mean;
        }

        return low;
    }

    private static double AtMost(int count, double mean)
    {
        var log = -mean;
        var sum = Math.Exp(log);
        for (var k = 1; k <= count; k++)
        {
            log += Math.Log(mean / k);
            sum += Math.Exp(log);
        }

        return sum;
    }
}
