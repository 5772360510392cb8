using System.Globalization;
using Assay.Mapping.Files;
using Assay.Mapping.Profiles;

namespace Assay.Host.Replay.Attacks;

/// <summary>Checks kinds, keys and values of an attack.</summary>
internal static class AttackSpecParser
{
    private static readonly string[] HiddenKinds = ["zero-width", "bidi", "tags"];

    public static AttackSpec Parse(string text)
    {
        var (name, pairs) = text.TrimStart().StartsWith('{') ? AttackSyntax.Json(text) : AttackSyntax.Text(text);
        var kind = AttackKind.All.FirstOrDefault(k => k.Name == name)
            ?? throw Wrong(text, $"'{name}' is no kind of attack.{Suggestion.DidYouMean(name, AttackKind.All.Select(k => k.Name))} "
                + $"Kinds: {string.Join(", ", AttackKind.All.Select(k => k.Name))}", AttackKind.All[0]);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            if (!kind.Keys.Contains(key))
                throw Wrong(text, $"{name} has no key '{key}'.{Suggestion.DidYouMean(key, kind.Keys)} Its keys: {string.Join(", ", kind.Keys)}", kind);
            if (!keys.TryAdd(key, value))
                throw Wrong(text, $"the key '{key}' is given twice", kind);
        }

        foreach (var key in kind.Required)
        {
            if (!keys.ContainsKey(key))
                throw Wrong(text, $"{name} needs {key}=…", kind);
        }

        CheckOwnKeys(text, kind, keys);
        var values = new Values(text, kind, keys);
        var spec = new AttackSpec(name, kind.Required.Concat(kind.Optional).Where(keys.ContainsKey).ToDictionary(key =>
            key, key => keys[key], StringComparer.Ordinal))
        {
            Written = text,
            Source = keys.GetValueOrDefault("source"),
            Identity = keys.GetValueOrDefault("identity"),
            Start = values.Number("start", 0, 1) ?? 0.5,
            End = values.Number("end", 0, 1) ?? 1,
            Rate = values.Number("rate", double.Epsilon, 1),
            Count = values.Whole("count", 1),
            Seed = values.Whole("seed", long.MinValue),
        };
        if (spec.Start >= spec.End)
            throw Wrong(text, $"start ({spec.Start}) must lie before end ({spec.End})", kind);
        if (spec is { Rate: not null, Count: not null })
            throw Wrong(text, "rate and count exclude each other: a share of the eligible records, or an exact number", kind);
        return spec;
    }

    private static void CheckOwnKeys(string text, AttackKind kind, Dictionary<string, string> keys)
    {
        var values = new Values(text, kind, keys);
        foreach (var key in (string[])["shift", "per-record", "value"])
            values.Number(key, double.MinValue, double.MaxValue);
        values.Whole("copies", 1);
        if (kind.Name == "hidden" && !HiddenKinds.Contains(keys["kind"]))
            throw Wrong(text, $"kind is '{keys["kind"]}', expected {string.Join(", ", HiddenKinds)}.{Suggestion.DidYouMean(keys["kind"], HiddenKinds)}", kind);
        if (keys.TryGetValue("where", out var where) && where.IndexOf('=', StringComparison.Ordinal) <= 0)
            throw Wrong(text, $"where is '{where}', expected COLUMN=VALUE", kind);
        if (kind.Name == "flip" && keys["from"] == keys["to"])
            throw Wrong(text, "from and to are the same label: nothing would change", kind);
        if (keys.FirstOrDefault(pair => pair.Value.Length == 0) is { Key: { } empty })
            throw Wrong(text, $"{empty} has no value", kind);
    }

    public static InputException Wrong(string text, string what, AttackKind example) =>
        new($"--attack '{text}': {what.TrimEnd('.')}. Example: --attack '{example.Example}'");

    private readonly struct Values(string text, AttackKind kind, Dictionary<string, string> keys)
    {
        public double? Number(string key, double least, double most)
        {
            if (!keys.TryGetValue(key, out var value))
                return null;
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            var range = most == 1 ? $"a number {(least > 0 ? "above 0 and" : "from 0 to")} {(least > 0 ? "at most 1" : "1")}" : "a number";
            throw Wrong(text, $"{key} is '{value}', expected {range}", kind);
        }

        public long? Whole(string key, long least)
        {
            if (!keys.TryGetValue(key, out var value))
                return null;
            if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least)
                return number;
            throw Wrong(text, $"{key} is '{value}', expected a whole number{(least > 0 ? $" of {least} or more" : "")}", kind);
        }
    }
}
