using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Assay.Contracts.Tests.Schemas;

/// <summary>Asks python3-jsonschema, a validator that knows nothing of Assay.</summary>
internal static class SchemaValidator
{
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../docs/schemas"));

    private static Lazy<string?> Interpreter { get; } = new(() => Interpreters.FirstOrDefault(HasJsonSchema));

    /// <returns>For each case the first error, empty where the instance is valid.</returns>
    public static IReadOnlyList<string> Validate(IReadOnlyList<(string Schema, JsonNode? Instance)> cases)
    {
        Assert.SkipWhen(Interpreter.Value is null, "python3 with jsonschema is not installed (Debian: python3-jsonschema)");
        var lines = cases.Select(c => new JsonObject { ["schema"] = c.Schema, ["instance"] = c.Instance?.DeepClone() }.ToJsonString());
        var (exit, output, errors) = Run(Interpreter.Value!, [Path.Combine(Here(), "validate.py"), Folder], string.Join('\n', lines));
        Assert.True(exit == 0, errors);
        var results = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(cases.Count, results.Length);
        return [.. results.Select(r => r == "ok" ? "" : r)];
    }

    private static bool HasJsonSchema(string interpreter)
    {
        try
        {
            return Run(interpreter, ["-c", "from jsonschema import Draft202012Validator"], "").Exit == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int Exit, string Output, string Errors) Run(string file, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
