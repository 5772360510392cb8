namespace Assay.Host.Live;

/// <summary>What a run is, for the head of the views.</summary>
/// <param name="Mode">Of the datasets, e.g. <c>observe</c>.</param>
/// <param name="Place">Where records come from, e.g. <c>embedded broker</c> or a bootstrap address.</param>
/// <param name="Limits">What this run cannot do, a short sentence each; empty for a cluster.</param>
/// <param name="Http">Where health and metrics are, e.g. <c>http://127.0.0.1:9464</c>; null where they are switched off.</param>
public sealed record RunInfo(string Mode, string Place, IReadOnlyList<string> Limits, string? Http = null);
