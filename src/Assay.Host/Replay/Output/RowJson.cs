using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Assay.Contracts.Verdicts;
using Assay.Contracts.Wire;

namespace Assay.Host.Replay.Output;

/// <summary>The lines that a row becomes. Property order is part of the format: equal replays give equal bytes.</summary>
internal static class RowJson
{
    public static void Verdict(Utf8JsonWriter json, ReplayRow row)
    {
        var verdict = row.Verdict;
        json.WriteStartObject();
        json.WriteString("id", row.Id);
        Place(json, row);
        json.WriteString("source", row.Source);
        json.WriteString("identity", row.Identity);
        json.WriteString("dataset", verdict?.Dataset ?? "");
        json.WriteString("verdict", row.Kind.Name());
        json.WritePropertyName("score");
        json.WriteRounded(verdict?.Score ?? 0);
        json.WriteStartObject("scores");
        for (var i = 0; i < verdict?.Scores.Length; i++)
        {
            json.WritePropertyName(verdict.Detectors[i]);
            json.WriteRounded(verdict.Scores[i]);
        }

        json.WriteEndObject();
        json.WriteStartArray("reasons");
        foreach (var reason in verdict?.Reasons ?? [])
            json.WriteStringValue(reason);
        if (verdict is null or { Reasons.Length: 0 } && row.DeadLetter is { } failure)
            json.WriteStringValue(failure.Reason);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void DeadLetter(Utf8JsonWriter json, ReplayRow row)
    {
        var failure = row.DeadLetter!;
        json.WriteStartObject();
        Place(json, row);
        json.WriteString("stage", failure.Stage);
        json.WriteString("rule", failure.Rule);
        json.WriteString("reason", failure.Reason);
        var raw = row.Record.Raw.Span;
        var isText = Utf8.IsValid(raw);
        json.WriteString("raw", isText ? Encoding.UTF8.GetString(raw) : Convert.ToBase64String(raw));
        if (!isText)
            json.WriteString("encoding", "base64");
        json.WriteEndObject();
    }

    public static void Truth(Utf8JsonWriter json, ReplayRow row)
    {
        json.WriteStartObject();
        json.WriteString("id", row.Id);
        Place(json, row);
        json.WriteBoolean("poisoned", row.Attack is not null);
        json.WriteString("attack", row.Attack);
        json.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter json, ReplayRow row)
    {
        json.WriteString("file", row.Record.File);
        json.WriteNumber("line", row.Record.Line);
    }
}
