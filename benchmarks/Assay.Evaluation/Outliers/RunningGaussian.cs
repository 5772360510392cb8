namespace Assay.Evaluation.Outliers;

/// <summary>The anchor of DETECTION §5: the sum of squared z-scores under the mean and variance of all records so far, every record learned.</summary>
internal static class RunningGaussian
{
    private const double VarianceFloor = 1e-9;

    public static double[] Scores(NpyArray features, int[] rows)
    {
        var mean = new double[features.Columns];
        var squares = new double[features.Columns];
        var scores = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = features.Row(rows[i]);
            for (var c = 0; c < row.Length; c++)
            {
                var delta = row[c] - mean[c];
                if (i > 0 && squares[c] / i > VarianceFloor)
                    scores[i] += delta * delta / (squares[c] / i + VarianceFloor);
                mean[c] += delta / (i + 1);
                squares[c] += delta * (row[c] - mean[c]);
            }
        }

        return scores;
    }
}
