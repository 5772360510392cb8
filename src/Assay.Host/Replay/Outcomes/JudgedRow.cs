using System.Globalization;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Replay.Outcomes;

/// <summary>What is remembered of a row once it has a verdict.</summary>
/// <param name="Number">Position in the stream, from 0.</param>
/// <param name="OwnId">Null where the record brings no id.</param>
internal readonly record struct JudgedRow(
    long Number, string? OwnId, string File, long Line, string Source, string Identity, VerdictKind Kind, bool Poisoned)
{
    /// <summary>The record's id as the verdicts have it.</summary>
    public string Id => OwnId is { Length: > 0 } ? OwnId : Place;

    /// <summary><c>file:line</c>.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
}
