using System.Text.Json;
using Assay.Grains.Sources;

namespace Assay.Host.Replay.Output;

/// <summary>What the summary says of the run beside its results.</summary>
public sealed record ReplayRun
{
    /// <summary>Wall time of the streaming; the only part of a replay's output that differs between equal runs.</summary>
    public required TimeSpan Elapsed { get; init; }

    public required long Seed { get; init; }

    /// <summary>The settings in effect, as a JSON object.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>Version of Assay.</summary>
    public required string Version { get; init; }

    /// <summary>A, the set number of clean records per false quarantine, above 0.</summary>
    public required double CleanRecordsPerFalseQuarantine { get; init; }

    /// <summary>What all shards together gave up at their caps on memory.</summary>
    public ShardCaps Caps { get; init; } = ShardCaps.None;
}
