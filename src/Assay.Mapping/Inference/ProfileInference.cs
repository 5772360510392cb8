using Assay.Mapping.Csv;
using Assay.Mapping.Files;

namespace Assay.Mapping.Inference;

/// <summary>
/// Writes a first draft of a profile from the first records of a file. A person checks it with <see cref="Checking.ProfileCheck"/>.
/// </summary>
public static class ProfileInference
{
    /// <param name="path">A CSV or JSON-lines file, gzip too; not standard input, since it is read more than once.</param>
    /// <param name="count">Records to look at, at least 1.</param>
    /// <returns>The profile as JSON. It loads, and reads the file.</returns>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static string Infer(string path, int count = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (path == "-")
            throw new InputException("A profile cannot be inferred from standard input, which can be read once only. Save the records first.");
        var head = Head(path, count);
        var draft = head[0].AsSpan().TrimStart(" \t"u8) is [(byte)'{', ..] ? Json(path, count) : Csv(path, head, count);
        return ProfileWriter.Write(draft);
    }

    /// <summary>The first lines as they are, whatever they hold.</summary>
    private static List<byte[]> Head(string path, int count)
    {
        var options = new RecordFileOptions { Format = FileFormat.Csv, Dialect = new CsvDialect(0x1f, quotes: false), Columns = ["line"] };
        using var files = RecordFiles.Open([path], options);
        return files.Read().Take(count).Select(r => r.Raw.ToArray()).ToList();
    }

    private static ProfileDraft Json(string path, int count)
    {
        using var files = RecordFiles.Open([path], new RecordFileOptions { Format = FileFormat.JsonLines });
        var records = files.Read().Take(count).ToList();
        var isEvent = records.TrueForAll(Sampling.IsCloudEvent);
        return new ProfileDraft(DatasetName(path), isEvent ? "cloudevents" : "jsonl", Sampling.Json(records, isEvent ? "data" : null));
    }

    private static ProfileDraft Csv(string path, List<byte[]> head, int count)
    {
        var guess = CsvGuess.Of(head);
        var columns = guess.HasHeader ? null : Enumerable.Range(1, guess.Columns).Select(i => $"column{i}").ToArray();
        var options = new RecordFileOptions { Format = FileFormat.Csv, Dialect = guess.Dialect, Columns = columns };
        using var files = RecordFiles.Open([path], options);
        return new ProfileDraft(DatasetName(path), "csv", Sampling.Csv(files.Columns, guess.Dialect, files.Read().Take(count)))
        {
            Columns = columns,
            Dialect = guess.Dialect,
        };
    }

    private static string DatasetName(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var ending in new[] { ".gz", ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".data" })
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && name.Length > ending.Length)
                name = name[..^ending.Length];
        }

        var clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        return clean.Length == 0 ? "dataset" : clean;
    }
}
