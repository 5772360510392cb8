using Assay.Contracts.Evidence;
using Assay.Contracts.State;

namespace Assay.Trust.Records;

/// <summary>
/// Evidence that sums over records, detectors and sources, kept in the source grain under the same chain check as the statistics, so that
/// each record counts once.
/// </summary>
public interface IEvidenceLedger : IStateSection
{
    /// <summary>Adds what the detectors found in one record of an identity.</summary>
    /// <param name="identity">The writer.</param>
    /// <param name="offset">The record's offset, for dating the onset.</param>
    /// <param name="findings">One a detector, in the order of the detectors.</param>
    void Observe(string identity, long offset, ReadOnlySpan<Finding> findings);
}
