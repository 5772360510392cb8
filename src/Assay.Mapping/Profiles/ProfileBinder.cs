using System.Text.Json;
using Assay.Mapping.Csv;

namespace Assay.Mapping.Profiles;

/// <summary>Turns the profile file into a <see cref="Profile"/>, collecting every fault before it gives up.</summary>
internal sealed class ProfileBinder(string file)
{
    private readonly List<ProfileError> _errors = [];
    private Dictionary<string, SyntaxNode> _members = [];
    private ProfileFormat _format;

    /// <exception cref="ProfileException">The profile has faults.</exception>
    public Profile Bind(ReadOnlySpan<byte> utf8)
    {
        var root = ProfileSyntax.Parse(utf8, file);
        if (root.Kind != JsonValueKind.Object)
            Fail(root.Line, "", $"expected an object with the keys of a profile, found {root.Described}");
        foreach (var (name, line, _) in root.Members)
        {
            if (!ProfileKeys.All.Contains(name))
                Fail(line, name, "is no key of a profile." + Suggestion.DidYouMean(name, ProfileKeys.All));
        }

        _members = root.Members.ToDictionary(m => m.Name, m => m.Value);
        _format = Word("format", ProfileKeys.Formats, null, root.Line);
        if (!_members.ContainsKey("dataset"))
            Fail(root.Line, "dataset", "is missing: name what the records would be learned into, e.g. \"dataset\": \"fraud-model\"");
        OnlyIn(ProfileFormat.Csv, "csv", "columns", "delimiter", "quotes");
        var profile = Fields();
        if (_errors.Count == 0)
            _errors.AddRange(ProfileRules.Check(profile));
        return _errors.Count == 0 ? profile : throw new ProfileException(_errors);
    }

    private Profile Fields() => new()
    {
        File = file,
        Name = Text("name"),
        Format = _format,
        Kind = Word("kind", ProfileKeys.Kinds, Contracts.Records.RecordKind.Ingestion, 0),
        Assurance = _members.ContainsKey("assurance") ? Word("assurance", ProfileKeys.Assurances, null, 0) : null,
        Dataset = Field("dataset") ?? Locator.Constant(""),
        Id = Field("id"),
        Time = Field("time"),
        Source = Field("source"),
        Identity = Field("identity"),
        Owner = Field("owner"),
        Label = Field("label"),
        Text = Field("text"),
        Embedding = Field("embedding"),
        Target = Field("target"),
        Value = Field("value"),
        Tool = Field("tool"),
        Reward = Field("reward"),
        Features = Map("features"),
        Attributes = Map("attributes"),
        Provenance = Map("provenance"),
        Missing = Strings("missing", false) ?? (_format == ProfileFormat.Csv ? [""] : []),
        Columns = Strings("columns", true),
        Dialect = Dialect(),
    };

    private Locator? Field(string key) => _members.TryGetValue(key, out var node) ? Locators.Bind(node, key) : null;

    private LocatorBinder Locators => new(_format, Fail);

    private FieldMap Map(string key)
    {
        if (!_members.TryGetValue(key, out var node))
            return FieldMap.Empty;
        if (node is { Kind: JsonValueKind.String, Text: "*" })
            return new FieldMap([], Locators.Wildcard(node, key));
        if (node.Kind != JsonValueKind.Object)
        {
            Fail(node.Line, key, $"expected an object of names and where they are found, or \"*\", found {node.Described}");
            return FieldMap.Empty;
        }

        var fields = new List<NamedLocator>(node.Members.Count);
        Locator? wildcard = null;
        foreach (var (name, line, value) in node.Members)
        {
            if (name == "*")
                wildcard = Locators.Wildcard(value, key);
            else if (name.Length is 0 or > 256)
                Fail(line, key, "a name has 1 to 256 characters");
            else if (Locators.Bind(value, $"{key}/{name}") is { } locator)
                fields.Add(new NamedLocator(name, locator));
        }

        return new FieldMap(fields, wildcard);
    }

    private CsvDialect Dialect()
    {
        var delimiter = Text("delimiter") ?? ",";
        var quotes = true;
        if (_members.TryGetValue("quotes", out var node))
        {
            quotes = node.Kind == JsonValueKind.True;
            if (node.Kind is not (JsonValueKind.True or JsonValueKind.False))
                Fail(node.Line, "quotes", $"expected true or false, found {node.Described}");
        }

        if (delimiter.Length == 1 && delimiter[0] is not ('"' or '\r' or '\n' or '\0' or > '\x7f'))
            return new CsvDialect((byte)delimiter[0], quotes);
        Fail(
            _members["delimiter"].Line, "delimiter", "expected one ASCII character that is no quote and no line break, e.g. \",\" or \"\\t\"");
        return CsvDialect.Default;
    }

    private T Word<T>(string key, Dictionary<string, T> words, T? whenAbsent, int line) where T : struct
    {
        if (!_members.TryGetValue(key, out var node))
        {
            if (whenAbsent is null)
                Fail(line, key, $"is missing: one of {string.Join(", ", words.Keys)}");
            return whenAbsent ?? default;
        }

        if (node.Kind == JsonValueKind.String && words.TryGetValue(node.Text, out var value))
            return value;
        var hint = node.Kind == JsonValueKind.String ? Suggestion.DidYouMean(node.Text, words.Keys) : "";
        Fail(node.Line, key, $"expected one of {string.Join(", ", words.Keys)}; found {node.Described}.{hint}");
        return default;
    }

    private string? Text(string key)
    {
        if (!_members.TryGetValue(key, out var node))
            return null;
        if (node.Kind == JsonValueKind.String)
            return node.Text;
        Fail(node.Line, key, $"expected a string, found {node.Described}");
        return null;
    }

    private List<string>? Strings(string key, bool names)
    {
        if (!_members.TryGetValue(key, out var node))
            return null;
        if (node.Kind != JsonValueKind.Array || node.Items.Exists(i => i.Kind != JsonValueKind.String))
        {
            Fail(node.Line, key, "expected an array of strings");
            return null;
        }

        var list = node.Items.ConvertAll(i => i.Text);
        if (names && list.Count == 0)
            Fail(node.Line, key, "expected at least one column name");
        return list;
    }

    private void OnlyIn(ProfileFormat format, string name, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (_format != format && _members.TryGetValue(key, out var node))
                Fail(node.Line, key, $"has a meaning in format {name} only; remove it");
        }
    }

    private void Fail(int line, string key, string message) => _errors.Add(new ProfileError(file, line, key, message));
}
