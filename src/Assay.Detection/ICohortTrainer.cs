using Assay.Contracts.State;

namespace Assay.Detection;

/// <summary>
/// Learns a detector's reference from the contributions of a cohort's shards. What it learns depends on the order of the contributions and
/// on nothing else. Not thread-safe.
/// </summary>
public interface ICohortTrainer : IStateSection
{
    /// <summary>Records that contributions have brought so far; never falls.</summary>
    long Records { get; }

    /// <summary>Learns what is new in the contribution.</summary>
    /// <exception cref="StateFormatException">Not a contribution of a known version.</exception>
    void Apply(ReadOnlySpan<byte> contribution);

    /// <summary>The next reference, in the detector's versioned format.</summary>
    byte[] Publish();
}
