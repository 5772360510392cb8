using System.Text.Json;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>What a replay decided about whom, from the files that it wrote.</summary>
internal sealed class TrustOutcome(string folder)
{
    public JsonElement Summary => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(folder, "summary.json")));

    public List<JsonElement> Verdicts { get; } = Lines(folder, "verdicts.jsonl");

    public List<JsonElement> Decisions { get; } = Lines(folder, "decisions.jsonl");

    public List<JsonElement> Recalls { get; } = Lines(folder, "recalls.jsonl");

    public List<JsonElement> Identities => Lines(folder, "identities.jsonl");

    public IEnumerable<JsonElement> Quarantines => Decisions.Where(d => Text(d, "standing") == "quarantined");

    /// <summary>Identities by the standing they have at the end, in order of name.</summary>
    public IEnumerable<string> At(string standing) => Identities.Where(i => Text(i, "standing") == standing).Select(i => Text(i, "identity")!);

    /// <summary>Names of one list of the summary.</summary>
    public string[] Named(string list) => [.. Summary.GetProperty(list).EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>Position in the stream, from 0, of the record with an id.</summary>
    public int Index(string id) => Verdicts.FindIndex(v => Text(v, "id") == id);

    /// <summary>Whether a reason of the record's verdict is about this.</summary>
    public static bool For(JsonElement verdict, string rule) =>
        verdict.GetProperty("reasons").EnumerateArray().Any(r => r.GetString()!.StartsWith(rule + ": ", StringComparison.Ordinal));

    /// <summary>Null where the line does not have it.</summary>
    public static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<JsonElement> Lines(string folder, string name) =>
        [.. File.ReadLines(Path.Combine(folder, name)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
}
