using System.Globalization;
using Assay.Contracts.Records;
using Assay.Mapping.Reading;

namespace Assay.Mapping.Checking;

/// <summary>A record in words, field by field; long values are cut and hidden characters shown.</summary>
internal static class RecordText
{
    private const int MaxShown = 12;

    public static IEnumerable<(string Field, string Value)> Fields(Record record)
    {
        yield return ("id", record.HasOwnId ? Quoted.Text(record.Id) : "none of its own; in a topic: topic/partition/offset");
        yield return ("kind", record.Kind.ToString().ToLowerInvariant());
        yield return ("dataset", Quoted.Text(record.Dataset));
        yield return ("source", Quoted.Text(record.Source));
        yield return ("identity", Quoted.Text(record.Identity));
        foreach (var field in Optional(record))
            yield return field;
        foreach (var field in Lists(record))
            yield return field;
    }

    private static IEnumerable<(string Field, string Value)> Optional(Record record)
    {
        if (record.EventTime is { } time)
            yield return ("time", time.ToString("O", CultureInfo.InvariantCulture));
        (string Field, string? Value)[] texts =
            [("owner", record.Owner), ("label", record.Label), ("text", record.Text), ("target", record.Target), ("tool", record.Tool)];
        foreach (var (field, value) in texts)
        {
            if (value is not null)
                yield return (field, Quoted.Text(value));
        }

        if (record.Value is { } number)
            yield return ("value", Number(number));
        if (record.Reward is { } reward)
            yield return ("reward", Number(reward));
        if (!record.Embedding.IsEmpty)
            yield return ("embedding", string.Create(CultureInfo.InvariantCulture, $"{record.Embedding.Length} dimensions"));
    }

    private static IEnumerable<(string Field, string Value)> Lists(Record record)
    {
        if (record.Features.Count > 0)
            yield return ("features", Joined(record.Features, Number));
        if (record.Attributes.Count > 0)
            yield return ("attributes", Joined(record.Attributes, Quoted.Text));
        if (record.Provenance.Count > 0)
            yield return ("provenance", Joined(record.Provenance, Quoted.Text));
    }

    private static string Joined<T>(FieldList<T> fields, Func<T, string> show)
    {
        var shown = new List<string>();
        for (var i = 0; i < Math.Min(fields.Count, MaxShown); i++)
            shown.Add($"{Quoted.Text(fields.Names[i])[1..^1]} = {show(fields.Values[i])}");
        return string.Join(", ", shown) + (fields.Count > MaxShown ? $" and {fields.Count - MaxShown} more" : "");
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
