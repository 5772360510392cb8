using Assay.Contracts.Verdicts;

namespace Assay.Host.Live;

/// <summary>What makes two verdicts the same news: who, what, and the reason but for its numbers.</summary>
internal readonly record struct ReasonKey(string Topic, string Source, string Identity, VerdictKind Kind, string Shape)
{
    private const int MaxLength = 160;

    public static ReasonKey Of(string topic, string source, Verdict verdict) =>
        new(topic, source, verdict.Identity, verdict.Kind, ShapeOf(Sentence(verdict)));

    /// <summary>The first reason, since detectors and rules state the strongest first.</summary>
    public static string Sentence(Verdict verdict) => verdict.Reasons.Length > 0 ? verdict.Reasons[0] : "";

    /// <summary>
    /// Every number becomes one <c>#</c>; cut before the first quotation or parenthesis, where details of the record stand, and to a
    /// bounded length.
    /// </summary>
    private static string ShapeOf(string sentence)
    {
        Span<char> shape = stackalloc char[MaxLength];
        var length = 0;
        foreach (var c in sentence)
        {
            if (length == MaxLength || c is '(' or '"' or '…')
                break;
            var number = char.IsAsciiDigit(c) || (c is '.' or ',' && length > 0 && shape[length - 1] == '#');
            if (!number)
                shape[length++] = c;
            else if (length == 0 || shape[length - 1] != '#')
                shape[length++] = '#';
        }

        return new string(shape[..length]);
    }
}
