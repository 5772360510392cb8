namespace Assay.Trust.Ledger;

/// <summary>
/// One e-detector and its CUSUM twin (DETECTION §3). <see cref="Mass"/> is Shiryaev–Roberts, R ← (R + γ·w)·e: its expectation grows by at
/// most the start mass γ·w a clean record. <see cref="Cusum"/> is C ← max(1, C)·e; the record after which it last was at most 1 dates the onset.
/// </summary>
internal struct Bet
{
    // Far above any threshold, far below float's overflow after one more factor.
    private const float Ceiling = 1e24f;

    public float Mass;
    public float Cusum;

    /// <summary>Place of the first record since the CUSUM last was at most 1.</summary>
    public long Onset;

    /// <returns>By how much the mass changed.</returns>
    public double Observe(double value, double start, long place)
    {
        if (!(Cusum > 1))
        {
            Cusum = 1;
            Onset = place;
        }

        Cusum = (float)Math.Min(Cusum * value, Ceiling);
        var before = Mass;
        Mass = (float)Math.Min((before + start) * value, Ceiling);
        return (double)Mass - before;
    }
}
