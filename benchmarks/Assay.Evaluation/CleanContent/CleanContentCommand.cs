using System.IO.Compression;
using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Detection.ContentRules;

namespace Assay.Evaluation.CleanContent;

/// <summary>
/// Prints, as Markdown, how often <c>content-rules</c> speaks on files that are held to be clean: each string of a JSON file, else each line,
/// is one text. Files ending in <c>.gz</c> are unpacked.
/// </summary>
internal static class CleanContentCommand
{
    public static int Run(string[] files, TextWriter output)
    {
        if (files.Length == 0 || !Array.TrueForAll(files, File.Exists))
        {
            Console.Error.WriteLine("Usage: clean-content FILE…; each must exist.");
            return 2;
        }

        output.WriteLine("| file | texts | held or rejected | rules |");
        output.WriteLine("|---|--:|--:|---|");
        foreach (var file in files)
            output.WriteLine(Row(file));
        return 0;
    }

    private static string Row(string file)
    {
        var detector = new ContentRulesDetector(new ContentRulesOptions());
        var rules = new SortedDictionary<string, (int Count, string Example)>(StringComparer.Ordinal);
        var record = new Record();
        var finding = new Finding();
        var texts = 0;
        foreach (var text in Texts(file))
        {
            texts++;
            record.Text = text;
            finding.Clear();
            detector.Score(record, finding);
            if (finding.Rule is { } rule)
                rules[rule] = rules.TryGetValue(rule, out var seen) ? seen with { Count = seen.Count + 1 } : (1, detector.Explain(record, finding)!);
        }

        var listed = string.Join("; ", rules.Select(r => $"{r.Key} {r.Value.Count} (e.g. {r.Value.Example.Replace('|', '¦')})"));
        return $"| {Path.GetFileName(file)} | {texts} | {rules.Values.Sum(r => r.Count)} | {listed} |";
    }

    private static IEnumerable<string> Texts(string file)
    {
        using Stream raw = File.OpenRead(file);
        using var stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        if (file.Contains(".json", StringComparison.Ordinal))
        {
            using var document = JsonDocument.Parse(stream);
            foreach (var text in Strings(document.RootElement))
                yield return text;
            yield break;
        }

        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value)),
        _ => [],
    };
}
