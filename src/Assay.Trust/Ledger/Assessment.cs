namespace Assay.Trust.Ledger;

/// <summary>What a ledger holds against one identity.</summary>
/// <param name="Mass">M of this shard. On clean records its expectation is at most the number of records; compare the sum over shards with A.</param>
/// <param name="Records">Records of the identity since its ledger began.</param>
/// <param name="Detector">Index of the detector that says most; −1 where the detectors together say more than any alone, or nothing was found.</param>
/// <param name="Slot">First slot of the detector's subject that the evidence is best told by; −1 where <paramref name="Detector"/> is.</param>
/// <param name="Onset">Place of the first record since the heaviest bet's CUSUM was last at most 1; −1 without any.</param>
public readonly record struct Assessment(double Mass, long Records, int Detector, int Slot, long Onset)
{
    /// <summary>Of an identity that the ledger does not know.</summary>
    public static Assessment None { get; } = new(0, 0, -1, -1, -1);
}

/// <summary>A detector as the ledger knows it.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="SubjectSlots">Slots in a row that bet on the same subject (such as several rates for one slice); 1 or more.</param>
/// <param name="Preference">
/// How much a subject (identity, first slot) is worth naming, in natural logarithms, added to the log of its mass: among overlapping
/// subjects the one that says most. Null without. Changes what is named, never whether somebody is accused.
/// </param>
public sealed record LedgerDetector(string Id, int SubjectSlots = 1, Func<string, int, double>? Preference = null);
