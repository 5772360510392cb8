using System.ComponentModel.DataAnnotations;

namespace Assay.Host.Live;

/// <summary>Caps on the memory of a <see cref="FlowBoard"/>. What a cap pushes out still counts in the totals.</summary>
public sealed class FlowBoardOptions
{
    /// <summary>
    /// Sources with a row of their own, first come first served; further ones share <see cref="FlowBoard.OtherSources"/> of their topic.
    /// </summary>
    [Range(1, 100_000)]
    public int Sources { get; set; } = 256;

    /// <summary>
    /// Pairs of identity and reason that are remembered as seen. The one that was silent longest makes room, and is news again when it
    /// comes back.
    /// </summary>
    [Range(1, 1_000_000)]
    public int Remembered { get; set; } = 4_096;

    /// <summary>Notable verdicts in a snapshot; the one that was silent longest makes room.</summary>
    [Range(1, 1_000)]
    public int Notable { get; set; } = 50;

    /// <summary>Dead-letter rules counted apart, first come first served; further ones share <see cref="FlowBoard.OtherRules"/>.</summary>
    [Range(1, 10_000)]
    public int Rules { get; set; } = 64;

    /// <summary>Events kept for who reads them late; the oldest make room.</summary>
    [Range(1, 100_000)]
    public int Events { get; set; } = 256;

    /// <summary>Identities in bad standing with a row of their own. One that is merely watched makes room for one whose records are withheld.</summary>
    [Range(1, 100_000)]
    public int Standings { get; set; } = 1_000;
}
