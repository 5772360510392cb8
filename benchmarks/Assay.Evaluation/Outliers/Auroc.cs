namespace Assay.Evaluation.Outliers;

/// <summary>Area under the ROC curve by the rank sum (Mann–Whitney), ties counted half.</summary>
internal static class Auroc
{
    /// <param name="scores">Higher is more anomalous.</param>
    /// <param name="anomalous">Parallel to the scores; both kinds must occur.</param>
    /// <returns>0 to 1; NaN where one kind is missing.</returns>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> anomalous)
    {
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var keys = scores.ToArray();
        Array.Sort(keys, order);
        var (rankSum, positives) = (0.0, 0L);
        for (var start = 0; start < keys.Length;)
        {
            var end = start;
            while (end < keys.Length && keys[end] == keys[start])
                end++;
            for (var i = start; i < end; i++)
            {
                if (!anomalous[order[i]])
                    continue;
                rankSum += (start + 1 + end) / 2.0;
                positives++;
            }

            start = end;
        }

        var negatives = keys.Length - positives;
        return (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
