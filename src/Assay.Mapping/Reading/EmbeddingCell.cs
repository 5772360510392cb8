using Assay.Contracts.Records;

namespace Assay.Mapping.Reading;

/// <summary>A vector in a CSV cell or a header: numbers between blanks, commas or semicolons, with or without square brackets.</summary>
internal static class EmbeddingCell
{
    public static bool TryParse(ReadOnlySpan<byte> cell, List<float> vector, ReadLimits limits, FieldTarget target, RecordBuilder builder)
    {
        vector.Clear();
        var rest = cell is [(byte)'[', .., (byte)']'] ? cell[1..^1] : cell;
        while (true)
        {
            var start = rest.IndexOfAnyExcept(" \t,;"u8);
            if (start < 0)
                return vector.Count > 0 || builder.Wrong(target, "numbers", ValueKind.Cell, cell);
            rest = rest[start..];
            var end = rest.IndexOfAny(" \t,;"u8);
            var token = end < 0 ? rest : rest[..end];
            rest = rest[token.Length..];
            if (!TryAdd(token, ValueKind.Cell, vector, limits, target, builder))
                return false;
        }
    }

    /// <summary>Appends one dimension.</summary>
    public static bool TryAdd(
        ReadOnlySpan<byte> token, ValueKind kind, List<float> vector, ReadLimits limits, FieldTarget target, RecordBuilder builder)
    {
        if (vector.Count >= limits.MaxEmbeddingDimensions)
        {
            return builder.Fail(
                ReadFailure.Stages.Map, "max-embedding", $"{target.Rule}: more than {limits.MaxEmbeddingDimensions} dimensions {target.Place}");
        }

        var number = 0.0;
        var outcome = kind is ValueKind.Number or ValueKind.Cell ? NumberText.Parse(token, out number) : NumberOutcome.NoNumber;
        if (outcome == NumberOutcome.NoNumber)
            return builder.Wrong(target, $"a number as dimension {vector.Count + 1}", kind, token);
        var value = (float)number;
        if (outcome == NumberOutcome.NotFinite || !float.IsFinite(value))
            return builder.NotFinite(target.Rule, target.Place, token);
        vector.Add(value);
        return true;
    }
}
