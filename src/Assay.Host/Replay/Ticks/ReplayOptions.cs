using System.ComponentModel.DataAnnotations;

namespace Assay.Host.Replay.Ticks;

/// <summary>How a replay advances.</summary>
public sealed class ReplayOptions
{
    public const string Section = "Replay";

    /// <summary>
    /// Records of a tick: between two ticks evidence is summed, standings are decided and cohort views renewed. 10 to 20,000, default 500. While nobody has
    /// anything to tell, a tick has up to 8 times as many.
    /// </summary>
    [Range(10, 20_000)]
    public int Tick { get; set; } = 500;
}
