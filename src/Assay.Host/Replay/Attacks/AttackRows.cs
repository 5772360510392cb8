using Assay.Mapping.Files;

namespace Assay.Host.Replay.Attacks;

/// <summary>A row of the files with the writer that it was dealt to.</summary>
/// <param name="Ordinal">Place in the stream, from 0; the same in both passes.</param>
public readonly record struct DealtRow(long Ordinal, string Source, string Identity, FileRecord Record);

/// <summary>A row as it goes into the stream.</summary>
/// <param name="Attack">Name of the attack that wrote or changed it; null for a clean row.</param>
public readonly record struct AttackedRow(string Source, string Identity, FileRecord Record, string? Attack)
{
    public bool Poisoned => Attack is not null;
}
