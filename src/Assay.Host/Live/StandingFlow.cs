using Assay.Contracts.Trust;

namespace Assay.Host.Live;

/// <summary>An identity that is not in good standing, as this process sees it.</summary>
/// <param name="Decision">The latest.</param>
/// <param name="At">Since the board was made: when its standing became what it is.</param>
/// <param name="Held">Its records held or rejected in this process since it was first under suspicion.</param>
/// <param name="Leaked">Its records admitted in this process while its standing withheld them: those that were on their way.</param>
/// <param name="Recalled">Records taken back.</param>
/// <param name="InEffect">Time from the decision's arrival until nothing of it was admitted anywhere; null while that is not known.</param>
public sealed record StandingFlow(Decision Decision, TimeSpan At, long Held, long Leaked, long Recalled, TimeSpan? InEffect);
