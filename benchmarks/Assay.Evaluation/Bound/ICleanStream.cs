using Assay.Contracts.Evidence;
using Assay.Trust.Ledger;

namespace Assay.Evaluation.Bound;

/// <summary>Records of writers who do nothing wrong, with what detectors find in them.</summary>
public interface ICleanStream
{
    IReadOnlyList<LedgerDetector> Detectors { get; }

    int Shards { get; }

    /// <summary>The next record.</summary>
    /// <param name="findings">One a detector, empty; filled in.</param>
    StreamedRecord Next(ReadOnlySpan<Finding> findings);

    /// <summary>Tells the stream M of the record's writer in its shard, the record included.</summary>
    void After(double mass);

    /// <summary>A shard applies a quarantine that was overturned.</summary>
    void Reset(int shard, string identity);
}

/// <param name="Gamma">Start mass of the record.</param>
/// <param name="Counted">False for records whose evidence is none of the simulation's business: the time before it, or writers who are not clean.</param>
public readonly record struct StreamedRecord(string Identity, int Shard, double Gamma = 1, bool Counted = true);
