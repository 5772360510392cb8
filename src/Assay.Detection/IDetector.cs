using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Contracts.State;

namespace Assay.Detection;

/// <summary>
/// A streaming detector of one shard. For each record the grain calls <see cref="Score"/>, then <see cref="Observe"/>, and
/// <see cref="Learn"/> only if the record was admitted and its writer is in good standing. Not thread-safe. Memory is bounded by the
/// detector's options under any input. The conformance suite runs over every detector of the <see cref="DetectorCatalog"/>.
/// </summary>
public interface IDetector : IStateSection
{
    /// <summary>Permanent: it stands in topics, state and settings.</summary>
    string Id { get; }

    /// <summary>Judges the record against what was learnt; changes nothing that a later score could see.</summary>
    /// <param name="record">Borrowed for the call.</param>
    /// <param name="finding">Cleared by the caller.</param>
    void Score(Record record, Finding finding);

    /// <summary>Notes that the record arrived, whatever its verdict: what a count or a repeated id needs to know. Never a model of what is normal.</summary>
    void Observe(Record record);

    /// <summary>Adds the record to what is held to be normal.</summary>
    void Learn(Record record);

    /// <summary>A sentence for a person, built only for records that are not plainly admitted; null where the detector has nothing to say.</summary>
    /// <param name="finding">What <see cref="Score"/> said of this record, before <see cref="Observe"/>.</param>
    string? Explain(Record record, Finding finding);

    /// <summary>Bytes of memory that the state takes now, within 20 %.</summary>
    long MemoryBytes { get; }
}
