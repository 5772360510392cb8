namespace Assay.Detection;

/// <summary>
/// A detector that compares with its cohort: it takes numbered references and gives contributions to the next. Between two references a shard
/// needs nothing but its own state. Before the first <see cref="Use"/> it says nothing.
/// </summary>
public interface ICohortDetector : IEvidenceDetector
{
    /// <summary>True where <see cref="Contribute"/> would hold something that no reference in use has seen.</summary>
    bool HasNews { get; }

    /// <summary>What the cohort's trainer has not seen of this shard, in the detector's versioned format. A repeat, or one that gets lost, does no harm.</summary>
    byte[] Contribute(string shard);

    /// <summary>Scores what follows with this reference.</summary>
    /// <param name="reference">As <see cref="IDetectorFactory.ReadReference"/> made it; shared between shards.</param>
    void Use(CohortReference reference, string shard);
}

/// <summary>What the members of a cohort are compared with: immutable, safe to share between threads.</summary>
public abstract class CohortReference
{
    /// <summary>Counts the references of the cohort from 1; 0 is the one that knows nothing.</summary>
    public abstract long Version { get; }
}
