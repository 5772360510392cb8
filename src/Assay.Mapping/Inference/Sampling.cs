using System.Text;
using System.Text.Json;
using Assay.Mapping.Csv;
using Assay.Mapping.Files;

namespace Assay.Mapping.Inference;

/// <summary>Collects what columns or pointers hold. Records that cannot be read are passed over.</summary>
internal static class Sampling
{
    /// <summary>Pointers beyond this many are not looked at.</summary>
    private const int MaxColumns = 500;

    /// <summary>An array of at least so many numbers is a vector; other arrays have no fields of their own.</summary>
    private const int MinVector = 8;

    public static List<ColumnSample> Csv(IReadOnlyList<string> columns, CsvDialect dialect, IEnumerable<FileRecord> records)
    {
        var samples = columns.Select(c => new ColumnSample(c, c)).ToList();
        var line = new CsvLine(dialect);
        foreach (var record in records)
        {
            if (record.Failure is not null || !line.TrySplit(record.Raw) || line.Count != samples.Count)
                continue;
            for (var i = 0; i < samples.Count; i++)
                samples[i].Add(Encoding.UTF8.GetString(line.Trimmed(i)));
        }

        return samples;
    }

    /// <param name="root">The member to look into, e.g. <c>data</c> of a CloudEvent; null for the whole message.</param>
    public static List<ColumnSample> Json(IEnumerable<FileRecord> records, string? root)
    {
        var samples = new Dictionary<string, ColumnSample>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            using var document = TryParse(record);
            if (document is null)
                continue;
            var start = document.RootElement;
            if (root is null || (start.ValueKind == JsonValueKind.Object && start.TryGetProperty(root, out start)))
                Walk(start, "", "", samples);
        }

        return [.. samples.Values];
    }

    /// <summary>Whether the record is a structured CloudEvent.</summary>
    public static bool IsCloudEvent(FileRecord record)
    {
        using var document = TryParse(record);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("specversion", out _) && root.TryGetProperty("id", out _) && root.TryGetProperty("source", out _);
    }

    private static JsonDocument? TryParse(FileRecord record)
    {
        try
        {
            return record.Failure is null ? JsonDocument.Parse(record.Raw) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Walk(JsonElement value, string pointer, string name, Dictionary<string, ColumnSample> samples)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                var step = member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
                Walk(member.Value, $"{pointer}/{step}", member.Name, samples);
            }

            return;
        }

        var isVector = value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() >= MinVector && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Number);
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        if ((text is null && !isVector) || pointer.Length == 0)
            return;
        if (!samples.TryGetValue(pointer, out var sample))
        {
            if (samples.Count == MaxColumns)
                return;
            samples[pointer] = sample = new ColumnSample(pointer, name);
        }

        if (isVector)
            sample.AddVector();
        else
            sample.Add(text!);
    }
}
