namespace Assay.Detection.LabelSlices;

/// <summary>What a slice takes from a record after it was judged, whatever the verdict: the null never stops learning.</summary>
internal static class SliceLearning
{
    /// <param name="memory">Information beyond which the null forgets.</param>
    public static void Observe(ref SliceCell cell, in SliceJudgement judgement, bool positive, double memory)
    {
        Bet(ref cell.Missing, judgement.Missing, positive);
        Bet(ref cell.Appearing, judgement.Appearing, positive);
        if (positive)
            cell.Positives++;
        else
            cell.Negatives++;
        if (cell.Precision < memory)
            cell.Precision += (float)(judgement.Plain * (1 - judgement.Plain));
        cell.Odds *= (float)NewtonStep.Factor(((positive ? 1 : 0) - judgement.Plain) / cell.Precision);
        Settle(ref cell.Missing, cell.Odds);
        Settle(ref cell.Appearing, cell.Odds);
    }

    /// <summary>A step of the writer's own logistic model (AdaGrad, averaged over the whole past).</summary>
    /// <param name="gradient">Probability less label.</param>
    /// <param name="peers">Whether there are peers: without them this model is all that is expected, and must follow faster.</param>
    public static void Learn(ref SliceCell cell, double gradient, bool peers)
    {
        var rate = peers ? 0.15 : 0.3;
        const float FirstSquare = 1e-2f;
        cell.Squares += (float)(gradient * gradient);
        cell.Weight -= (float)(rate * gradient / Math.Sqrt(cell.Squares + FirstSquare));
        cell.Average += (cell.Weight - cell.Average) * (2 / (cell.Records + 2));
    }

    private static void Bet(ref SliceDirection direction, in DirectionJudgement judgement, bool positive)
    {
        if (!judgement.Speaks)
            return;
        direction.ScoreSum += (float)judgement.Score;
        direction.ScoreSquares += (float)(judgement.Score * judgement.Score);
        if (direction.Cusum <= 1)
        {
            direction.Cusum = 1;
            direction.Shrink = (float)judgement.Shrink;
            direction.Records = direction.Positives = direction.Expected = 0;
        }

        direction.Records++;
        direction.Positives += positive ? 1 : 0;
        direction.Expected += (float)judgement.Settled;
        direction.Cusum = Math.Min(direction.Cusum * (float)judgement.Mean, 1e24f);
    }

    private static void Settle(ref SliceDirection direction, float odds)
    {
        if (direction.Cusum <= 1)
            direction.Settled = odds;
    }
}
