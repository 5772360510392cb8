using System.Runtime.CompilerServices;
using Assay.Detection.Reference;

namespace Assay.Detection.LabelSlices;

/// <summary>What one slice says of one record's label, by the state before the record (DETECTION §2a, steps 4 and 5).</summary>
internal struct SliceJudgement
{
    private static readonly double[] BetRates = [0.1, 0.25, 0.6];

    /// <summary>Shares of a slice's labels that an attack is bet to turn.</summary>
    public static ReadOnlySpan<double> Rates => BetRates;

    /// <summary>Probability of the positive label by the null that keeps learning, before and after averaging over its uncertainty.</summary>
    public double Plain;

    public double Null;

    public DirectionJudgement Missing;
    public DirectionJudgement Appearing;

    /// <param name="odds">Odds of the positive label by peers, own past and common shift; the slice's own difference not yet in.</param>
    /// <param name="speaks">False while there is too little of the writer or the cohort to say anything.</param>
    /// <param name="peers">False where no peer has been learned from.</param>
    public void Judge(in SliceCell cell, double odds, bool positive, bool speaks, LabelSlicesOptions options, bool peers)
    {
        Plain = Logistic.OfOdds(odds * cell.Odds);
        var variance = Plain * (1 - Plain);
        Null = Clamp(Plain + (0.5 * variance * (1 - (2 * Plain)) / cell.Precision), options);
        Missing.Speaks = speaks && cell.Records > options.MinSliceRecords && cell.Positives >= options.MinSliceLabels;
        Appearing.Speaks = speaks && cell.Records > options.MinSliceRecords && cell.Negatives >= options.MinSliceLabels;
        if (Missing.Speaks)
        {
            var settled = Missing.Settled = Clamp(Logistic.OfOdds(odds * cell.Missing.Settled), options);
            Missing.Shrink = Shrinkage(cell.Missing, cell.Records, options, peers);
            Missing.Judge(positive ? settled / Null : (1 - settled) / (1 - Null), positive ? -settled / Null : settled / (1 - Null));
            Missing.Score = positive ? -1 : Null / (1 - Null);
        }

        if (Appearing.Speaks)
        {
            var settled = Appearing.Settled = Clamp(Logistic.OfOdds(odds * cell.Appearing.Settled), options);
            Appearing.Shrink = Shrinkage(cell.Appearing, cell.Records, options, peers);
            Appearing.Judge(positive ? settled / Null : (1 - settled) / (1 - Null), positive ? (1 - settled) / Null : -(1 - settled) / (1 - Null));
            Appearing.Score = positive ? (1 - Null) / Null : -1;
        }
    }

    /// <summary>
    /// What a null of the wrong shape would give: the lower confidence edge of the direction's mean score so far, at least 0. With peers it
    /// stands still, like the settled difference, while the CUSUM is up: otherwise an attack would shrink the evidence against itself.
    /// </summary>
    private static double Shrinkage(in SliceDirection direction, double records, LabelSlicesOptions options, bool peers)
    {
        if (peers && direction.Cusum > 1)
            return direction.Shrink;
        var margin = peers ? options.ShapeMargin : 0;
        return Math.Max(0, (direction.ScoreSum - (margin * Math.Sqrt(direction.ScoreSquares + 1))) / (records + 1));
    }

    private static double Clamp(double p, LabelSlicesOptions options) => Math.Clamp(p, options.MinProbability, 1 - options.MinProbability);
}

/// <summary>One direction's e-values of one record: e(ε) = (base + ε·slope)/(1 + ε·b).</summary>
internal struct DirectionJudgement
{
    /// <summary>False where the direction abstains; then nothing else here means anything.</summary>
    public bool Speaks;

    /// <summary>Probability of the positive label by the writer's settled difference.</summary>
    public double Settled;

    /// <summary>b: the shrinkage for a null of the wrong shape.</summary>
    public double Shrink;

    /// <summary>(q−y)/(1−q) for missing positives, (y−q)/q for appearing ones: mean 0 if the null q is right.</summary>
    public double Score;

    /// <summary>The mean e-value over the rates.</summary>
    public double Mean;

    private RateValues _values;

    public readonly double EValue(int rate) => _values[rate];

    /// <param name="ratio">Likelihood of the label by the settled difference over that by the null.</param>
    /// <param name="slope">By how much the ratio changes when all labels of the kind are flipped.</param>
    public void Judge(double ratio, double slope)
    {
        Mean = 0;
        for (var i = 0; i < RateValues.Count; i++)
        {
            var rate = SliceJudgement.Rates[i];
            var e = ratio + (rate * slope);
            if (Shrink > 0)
                e /= 1 + (rate * Shrink);
            _values[i] = e;
            Mean += e / RateValues.Count;
        }
    }

    [InlineArray(Count)]
    private struct RateValues
    {
        public const int Count = 3;
        private double _first;
    }
}
