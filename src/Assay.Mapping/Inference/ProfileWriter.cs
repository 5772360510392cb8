using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Inference;

/// <summary>Chooses the fields of a draft and writes the profile.</summary>
internal static class ProfileWriter
{
    /// <summary>More numbers than this are better taken by a wildcard than listed.</summary>
    private const int MaxListed = 24;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ProfileDraft draft)
    {
        var roles = new RolePicker(draft.Samples, draft.Columns is null);
        roles.PickAll();
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Options))
        {
            json.WriteStartObject();
            Head(json, draft);
            json.WriteString("kind", IsFeedback(roles) ? "feedback" : "ingestion");
            foreach (var key in ProfileKeys.All.Where(roles.Picked.ContainsKey))
            {
                json.WritePropertyName(key);
                Locator(json, draft, roles.Picked[key]);
            }

            Maps(json, draft, roles);
            Missing(json, draft);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    private static bool IsFeedback(RolePicker roles) =>
        roles.Picked.ContainsKey("reward") || (roles.Picked.ContainsKey("identity")
            && (roles.Picked.ContainsKey("value") || roles.Picked.ContainsKey("target")));

    private static void Head(Utf8JsonWriter json, ProfileDraft draft)
    {
        json.WriteString("format", draft.Format);
        if (draft.Columns is { } columns)
            Strings(json, "columns", columns);
        if (draft.Dialect.Delimiter != ',')
            json.WriteString("delimiter", ((char)draft.Dialect.Delimiter).ToString());
        if (!draft.Dialect.Quotes)
            json.WriteBoolean("quotes", false);
        json.WriteStartObject("dataset");
        json.WriteString("constant", draft.Dataset);
        json.WriteEndObject();
    }

    private static void Maps(Utf8JsonWriter json, ProfileDraft draft, RolePicker roles)
    {
        var numbers = roles.Left.Where(c => c.IsNumber).ToList();
        var categories = roles.Left.Where(c => !c.IsNumber && !c.IsVector && RolePicker.IsClass(c)).ToList();
        if (numbers.Count > MaxListed)
            json.WriteString("features", "*");
        else
            Map(json, "features", draft, numbers);
        if (numbers.Count <= MaxListed || draft.Format != "csv")
            Map(json, "attributes", draft, categories);
    }

    private static void Map(Utf8JsonWriter json, string key, ProfileDraft draft, List<ColumnSample> columns)
    {
        if (columns.Count == 0)
            return;
        json.WriteStartObject(key);
        foreach (var column in columns)
        {
            json.WritePropertyName(draft.Format == "csv" ? column.Locator : column.Locator[1..].Replace('/', '.'));
            Locator(json, draft, column);
        }

        json.WriteEndObject();
    }

    /// <summary>In the short form where that can be read in one way only.</summary>
    private static void Locator(Utf8JsonWriter json, ProfileDraft draft, ColumnSample column)
    {
        var isShort = draft.Format != "csv"
            || !(column.Locator.StartsWith('/') || column.Locator.StartsWith("header:", StringComparison.Ordinal));
        if (isShort)
        {
            json.WriteStringValue(column.Locator);
            return;
        }

        json.WriteStartObject();
        json.WriteString("column", column.Locator);
        json.WriteEndObject();
    }

    private static void Missing(Utf8JsonWriter json, ProfileDraft draft)
    {
        var markers = draft.Samples.SelectMany(s => s.MissingMarkers).ToHashSet();
        if (draft.Format == "csv")
            markers.Add("");
        if (markers.Count > (draft.Format == "csv" ? 1 : 0))
            Strings(json, "missing", markers.Order(StringComparer.Ordinal));
    }

    private static void Strings(Utf8JsonWriter json, string key, IEnumerable<string> values)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
