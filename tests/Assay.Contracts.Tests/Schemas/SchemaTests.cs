using System.Text.Json.Nodes;

namespace Assay.Contracts.Tests.Schemas;

public sealed class SchemaTests
{
    /// <summary>Properties of a message or line that are not required, as <c>schema file: path…</c>. All others must be.</summary>
    private static readonly Dictionary<string, string[]> Optional = new()
    {
        ["cloudevent.v1.json"] = ["datacontenttype", "data"],
        ["verdict.v1.json"] = ["datacontenttype"],
        ["decision.v1.json"] = ["datacontenttype", "data/source", "data/at", "data/onset", "data/detector", "data/subject", "data/evidence_epoch"],
        ["recall.v1.json"] = ["datacontenttype", "data/source"],
        ["heartbeat.v1.json"] = ["datacontenttype"],
        ["record.v1.json"] =
        [
            "owner", "label", "text", "embedding", "target", "value", "tool", "reward", "features", "attributes", "provenance",
        ],
        ["replay-decisions.v1.json"] = ["source", "at", "onset", "detector", "subject", "evidence_epoch"],
        ["replay-recalls.v1.json"] = ["source"],
        ["replay-summary.v1.json"] = ["attack"],
        ["replay-dead-letters.v1.json"] = ["encoding"],
    };

    /// <summary>Maps whose keys are the user's: any may be missing.</summary>
    private static readonly string[] Maps = ["scores", "features", "attributes", "provenance", "settings"];

    [Fact]
    public void EverySchema_WithARealMessage_AcceptsIt()
    {
        var schemas = Schemas();

        var errors = SchemaValidator.Validate([.. schemas.Select(s => (s, (JsonNode?)SchemaCases.Of(s)))]);

        Assert.All(schemas.Zip(errors), result => Assert.True(result.Second.Length == 0, $"{result.First}: {result.Second}"));
    }

    [Fact]
    public void EverySchema_WithUnknownFields_AcceptsThem()
    {
        var cases = new List<(string, JsonNode?)>();
        foreach (var schema in Schemas())
        {
            var message = SchemaCases.Of(schema);
            message["later"] = new JsonObject { ["x"] = 1 };
            if (message["data"] is JsonObject data)
                data["later"] = 1;
            cases.Add((schema, message));
        }

        Assert.All(SchemaValidator.Validate(cases), error => Assert.Equal("", error));
    }

    [Fact]
    public void EverySchema_WithAPropertyRemoved_RejectsItUnlessOptional()
    {
        var cases = (from schema in Schemas()
                     from path in Paths(SchemaCases.Of(schema).AsObject(), "")
                     select (Schema: schema, Path: path, Message: Changed(schema, path, (parent, name) => parent.Remove(name)))).ToList();

        var errors = SchemaValidator.Validate([.. cases.Select(c => (c.Schema, (JsonNode?)c.Message))]);

        Assert.All(cases.Zip(errors), result => Assert.True(
            IsOptional(result.First.Schema, result.First.Path) == (result.Second.Length == 0),
            $"{result.First.Schema} without {result.First.Path}: '{result.Second}'"));
    }

    [Fact]
    public void EverySchema_WithAPropertyOfAnotherType_RejectsIt()
    {
        var cases = (from schema in Schemas()
                     from path in Paths(SchemaCases.Of(schema).AsObject(), "")
                     where !(schema == "cloudevent.v1.json" && path.StartsWith("data", StringComparison.Ordinal) && path != "datacontenttype")
                     select (Schema: schema, Path: path, Message: Changed(schema, path, Retype))).ToList();

        var errors = SchemaValidator.Validate([.. cases.Select(c => (c.Schema, (JsonNode?)c.Message))]);

        Assert.All(cases.Zip(errors), result => Assert.True(result.Second.Length > 0, $"{result.First.Schema} accepts a wrong {result.First.Path}"));
    }

    [Theory]
    [InlineData("verdict.v1.json", "data/verdict", "maybe")]
    [InlineData("verdict.v1.json", "data/mode", "Enforce")]
    [InlineData("verdict.v1.json", "type", "assay.verdict.v2")]
    [InlineData("verdict.v1.json", "specversion", "0.3")]
    [InlineData("verdict.v1.json", "data/score", -1)]
    [InlineData("verdict.v1.json", "data/offset", 1.5)]
    [InlineData("decision.v1.json", "data/standing", "shunned")]
    [InlineData("decision.v1.json", "data/epoch", 0)]
    [InlineData("heartbeat.v1.json", "data/valid_until", "soon")]
    [InlineData("held-headers.v1.json", "assay-verdict", "admit")]
    [InlineData("held-headers.v1.json", "__connect.errors.offset", "-1")]
    [InlineData("dead-letter-headers.v1.json", "__connect.errors.stage", "eat")]
    [InlineData("replay-identities.v1.json", "standing", "unknown")]
    [InlineData("replay-verdicts.v1.json", "line", 0)]
    [InlineData("replay-verdicts.v1.json", "verdict", "dead-letter")]
    public void Schema_WithAValueOutOfRange_RejectsIt(string schema, string path, object value)
    {
        var message = Changed(schema, path, (parent, name) => parent[name] = value switch
        {
            string text => JsonValue.Create(text),
            int number => JsonValue.Create(number),
            _ => JsonValue.Create((double)value),
        });

        Assert.NotEqual("", SchemaValidator.Validate([(schema, message)])[0]);
    }

    /// <summary>Of messages and lines; the schema of profiles is closed, and tested with the profiles.</summary>
    private static List<string> Schemas() =>
        [.. Directory.EnumerateFiles(SchemaValidator.Folder, "*.v1.json").Select(f => Path.GetFileName(f)!).Where(f => f != "profile.v1.json").Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Paths(JsonObject message, string prefix) => message.SelectMany(
        property => property.Value is JsonObject inner
            ? Paths(inner, $"{prefix}{property.Key}/").Prepend(prefix + property.Key)
            : [prefix + property.Key]);

    private static bool IsOptional(string schema, string path)
    {
        var parts = path.Split('/');
        return Array.Exists(parts[..^1], p => Maps.Contains(p))
            || (schema == "cloudevent.v1.json" && parts[0] == "data")
            || Optional.GetValueOrDefault(schema, []).Contains(path);
    }

    private static void Retype(JsonObject parent, string name) =>
        parent[name] = parent[name] is JsonObject ? JsonValue.Create(7.5) : new JsonObject { ["wrong"] = new JsonArray() };

    private static JsonObject Changed(string schema, string path, Action<JsonObject, string> change)
    {
        var message = SchemaCases.Of(schema).AsObject();
        var parts = path.Split('/');
        var parent = parts[..^1].Aggregate(message, (at, name) => at[name]!.AsObject());
        change(parent, parts[^1]);
        return message;
    }
}
