using System.ComponentModel.DataAnnotations;

namespace Assay.Grains.Sources;

/// <summary>Bounds of one source shard.</summary>
public sealed class SourceOptions
{
    public const string Section = "Sources";

    /// <summary>
    /// Identities with a record of their own in one shard; 1 to 10 million, default 10,000 (about 150 bytes each). At the bound the
    /// identity that wrote longest ago is forgotten, and <c>assay state show</c> says how many were.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxIdentities { get; set; } = 10_000;

    /// <summary>Detectors to run, by id. Default empty: all.</summary>
    public IReadOnlyList<string> Detectors { get; set; } = [];
}
