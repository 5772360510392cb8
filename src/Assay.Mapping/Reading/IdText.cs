using Assay.Contracts.Records;

namespace Assay.Mapping.Reading;

/// <summary>
/// What may name a record, a source, an identity or a dataset: it becomes a key, a path and a line on somebody's terminal.
/// </summary>
internal static class IdText
{
    /// <summary>1 to 256 characters without control characters.</summary>
    public static bool IsValid(string text) => text.Length is > 0 and <= ReadLimits.MaxIdChars && !HasControl(text);

    public static bool Check(FieldTarget target, string text, bool mayBeEmpty, RecordBuilder builder)
    {
        if (IsValid(text) || (mayBeEmpty && text.Length == 0))
            return true;
        var fault = text.Length switch
        {
            0 => $"the value {target.Place} is empty",
            > ReadLimits.MaxIdChars => $"the value {target.Place} has {text.Length} characters, more than {ReadLimits.MaxIdChars}",
            _ => $"the value {target.Place} has a control character: {Quoted.Text(text)}",
        };
        return builder.Fail(ReadFailure.Stages.Map, target.Rule, $"{target.Rule}: {fault}");
    }

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
                return true;
        }

        return false;
    }
}
