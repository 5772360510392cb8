namespace Assay.Host.Replay.Output;

/// <summary>What a reason is about, so that a report can count it with its like.</summary>
internal static class ReasonSubject
{
    // How detectors introduce the field that spoke loudest: "most of all FIELD = 3, usually …".
    private const string Loudest = "most of all ";
    private const int MaxLength = 80;

    /// <summary>The detector or rule that opens the reason and, where one is named, the field that spoke loudest.</summary>
    public static string Of(string reason)
    {
        var colon = reason.IndexOf(": ", StringComparison.Ordinal);
        var rule = colon > 0 ? reason[..colon] : reason;
        var at = reason.IndexOf(Loudest, StringComparison.Ordinal);
        var end = at < 0 ? -1 : reason.IndexOf(" = ", at, StringComparison.Ordinal);
        var subject = end < 0 ? rule : $"{rule}, {reason[at..end]}";
        return subject.Length > MaxLength ? subject[..(MaxLength - 1)] + "…" : subject;
    }
}
