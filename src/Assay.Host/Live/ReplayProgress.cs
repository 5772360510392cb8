namespace Assay.Host.Live;

/// <summary>How far a replay is.</summary>
/// <param name="Done">Records judged or dead-lettered.</param>
/// <param name="Total">Null while unknown, as for a pipe or a compressed file.</param>
public readonly record struct ReplayProgress(long Done, long? Total, long Held);
