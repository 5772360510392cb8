using Assay.Contracts.Ports;

namespace Assay.Grains.Identities;

/// <summary>How far a decision is in effect (DATA-PLANE rule 13).</summary>
/// <param name="Silos">Live silos.</param>
/// <param name="Applied">Those of them that act on the decision.</param>
/// <param name="After">
/// Of each input partition the offset from which on nothing of the subject is admitted, where the decision withholds and the dataset's mode is enforce;
/// empty before every silo has applied the decision.
/// </param>
/// <param name="Missing">Input partitions of which no such offset is known.</param>
public sealed record Effect(int Silos, int Applied, IReadOnlyList<InputPosition> After, int Missing)
{
    public bool Complete => Applied == Silos && Missing == 0;
}
