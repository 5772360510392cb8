namespace Assay.Detection.LabelSlices;

/// <summary>What is kept of one slice of one writer: 92 bytes.</summary>
internal struct SliceCell
{
    /// <summary>Odds ratio of the writer to what peers and its own model expect: e^d, learnt for ever.</summary>
    public float Odds;

    /// <summary>Posterior precision of d: prior and Σ p(1−p), capped.</summary>
    public float Precision;

    public float Negatives;
    public float Positives;

    /// <summary>The slice's weight in the writer's own logistic model, AdaGrad's sum of squares, and the average.</summary>
    public float Weight;

    public float Squares;
    public float Average;

    public SliceDirection Missing;
    public SliceDirection Appearing;

    public static SliceCell New(double priorSd) => new()
    {
        Odds = 1,
        Precision = (float)(1 / (priorSd * priorSd)),
        Missing = SliceDirection.New,
        Appearing = SliceDirection.New,
    };

    public readonly float Records => Negatives + Positives;
}

/// <summary>One direction of a slice: positives that go missing, or positives that appear.</summary>
internal struct SliceDirection
{
    /// <summary>CUSUM of the mean e-value.</summary>
    public float Cusum;

    /// <summary><see cref="SliceCell.Odds"/> as of the last time the CUSUM was at most 1: the settled difference.</summary>
    public float Settled;

    /// <summary>Shrinkage as of the same time.</summary>
    public float Shrink;

    /// <summary>Σ and Σ² of the score's past.</summary>
    public float ScoreSum;

    public float ScoreSquares;

    /// <summary>Since the CUSUM last was at most 1: records, positives among them, positives expected by the settled difference.</summary>
    public float Records;

    public float Positives;
    public float Expected;

    public static SliceDirection New => new() { Cusum = 1, Settled = 1 };
}
