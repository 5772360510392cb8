namespace Assay.Detection.Reference;

/// <summary>What the trainer keeps of one owner.</summary>
internal sealed class OwnerShare(int fold)
{
    private long _seen;

    public int Fold { get; } = fold;

    /// <summary>Examples learned from, the old ones fading.</summary>
    public double Volume { get; set; }

    /// <summary>Σ (y − p) over the shift window (DETECTION §2a, step 3).</summary>
    public double Score { get; private set; }

    /// <summary>Σ p(1 − p) over the shift window.</summary>
    public double Information { get; private set; }

    /// <summary>Lets the residuals fade to now.</summary>
    /// <param name="now">Examples that the cohort has contributed.</param>
    public void Fade(long now, double window)
    {
        if (now == _seen)
            return;
        var factor = Math.Exp((_seen - now) / window);
        Score *= factor;
        Information *= factor;
        _seen = now;
    }

    public void Add(double score, double information)
    {
        Score += score;
        Information += information;
    }

    public void Restore(double volume, double score, double information, long seen) =>
        (Volume, Score, Information, _seen) = (volume, score, information, seen);

    public long Seen => _seen;
}
