using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Mapping.Profiles;
using Assay.Mapping.Tests.Examples;

namespace Assay.Mapping.Tests.Profiles;

/// <summary>The published schema and the program agree on what a profile is; asked of python3-jsonschema.</summary>
public class ProfileSchemaTests
{
    private const string Validator = """
        import json, sys
        from jsonschema import Draft202012Validator as V
        schema = json.load(open(sys.argv[1]))
        V.check_schema(schema)
        for line in sys.stdin:
            print("no" if list(V(schema).iter_errors(json.loads(line))) else "ok")
        """;

    private static readonly string[] Wrong =
    [
        """{"dataset": "d"}""", """{"format": "jsonl"}""", """{"format": "cvs", "dataset": "d"}""", """{"format": "jsonl", "dataset": "d", "lable": "/l"}""",
        """{"format": "jsonl", "dataset": "d", "label": 5}""", """{"format": "jsonl", "dataset": "d", "label": {"path": "/l"}}""",
        """{"format": "jsonl", "dataset": "d", "label": {"pointer": "l"}}""", """{"format": "jsonl", "dataset": "d", "label": {"pointer": "/l", "header": "l"}}""",
        """{"format": "jsonl", "dataset": "d", "label": {"pointer": "/l", "unit": "s"}}""", """{"format": "jsonl", "dataset": "d", "time": {"pointer": "/l", "unit": "h"}}""",
        """{"format": "jsonl", "dataset": "d", "time": {"pointer": "/l", "unit": "s", "format": "yyyy"}}""", """{"format": "jsonl", "dataset": "d", "features": []}""",
        """{"format": "jsonl", "dataset": "d", "features": {"*": "data"}}""", """{"format": "csv", "dataset": "d", "delimiter": "::"}""",
        """{"format": "csv", "dataset": "d", "columns": []}""", """{"format": "csv", "dataset": "d", "columns": ["a", "a"]}""",
        """{"format": "jsonl", "dataset": "d", "missing": "?"}""", """{"format": "jsonl", "dataset": "d", "assurance": "sure"}""",
    ];

    [Fact]
    public void Schema_AcceptsEveryExampleProfile()
    {
        var profiles = Directory.GetFiles(Path.GetDirectoryName(ExampleData.Profile("x"))!, "*.json");
        Assert.All(profiles, p => Profile.Load(p));
        Assert.All(Validate(profiles.Select(File.ReadAllText)), answer => Assert.Equal("ok", answer));
    }

    [Fact]
    public void Schema_RefusesWhatTheProgramRefuses()
    {
        Assert.All(Wrong, w => Assert.Throws<ProfileException>(() => Profile.Parse(Encoding.UTF8.GetBytes(w))));
        Assert.All(Wrong.Zip(Validate(Wrong)), answer => Assert.True(answer.Second == "no", answer.First));
    }

    private static string[] Validate(IEnumerable<string> profiles)
    {
        var start = new ProcessStartInfo("python3", ["-c", Validator, Path.Combine(ExampleData.Repository(), "docs", "schemas", "profile.v1.json")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var python = Process.Start(start)!;
            foreach (var profile in profiles)
                python.StandardInput.WriteLine(JsonNode.Parse(profile)!.ToJsonString());
            python.StandardInput.Close();
            var errors = python.StandardError.ReadToEnd();
            Assert.SkipWhen(errors.Contains("ModuleNotFoundError", StringComparison.Ordinal), "python3-jsonschema is not installed.");
            Assert.Equal("", errors);
            return python.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3 here.");
            throw;
        }
    }
}
