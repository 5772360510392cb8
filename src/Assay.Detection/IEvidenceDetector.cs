namespace Assay.Detection;

/// <summary>A detector whose findings carry e-values against a writer: what the ledger sums, and a decision explains.</summary>
public interface IEvidenceDetector : IDetector
{
    /// <summary>Takes back what was bet against the writer, as after a quarantine or a release: its present ways count as settled.</summary>
    void Reset(string identity);

    /// <summary>What a slot of an identity bets on; null where the detector no longer knows it.</summary>
    string? Subject(string identity, int slot);

    /// <summary>The evidence of a slot in a sentence with counts; null where the detector no longer knows it.</summary>
    string? Sentence(string identity, int slot);

    /// <summary>How much a slot's subject is worth naming (natural logarithms); 0 for an unknown slot.</summary>
    double Preference(string identity, int slot);

    /// <summary>Slots in a row that bet on the same subject.</summary>
    int SubjectSlots { get; }
}
