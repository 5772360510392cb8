using System.IO.Compression;
using System.Text;
using Assay.Mapping.Tests.Examples;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>Adult in file order, each row with an id, a writer and the source that it came through.</summary>
internal static class WrittenAdult
{
    /// <summary>Its labels.</summary>
    public const string Rich = ">50K", Poor = "<=50K";

    private const string Columns = "rid,who,via,";

    /// <param name="assurance">How sure it is that the writer is who it says.</param>
    public static string Profile(string assurance) =>
        $$"""
        {"format":"csv","dataset":"adult-income","kind":"feedback","assurance":"{{assurance}}","id":"rid","source":"via","identity":"who","label":"target",
         "features":"*","attributes":"*","missing":["?",""]}
        """;

    /// <summary>The rows without id, writer and source; the label is the last cell.</summary>
    public static (string Header, string[] Rows) Load()
    {
        using var file = new StreamReader(new GZipStream(File.OpenRead(ExampleData.File("adult", "adult.data.gz")), CompressionMode.Decompress));
        var header = file.ReadLine()!;
        var rows = new List<string>();
        while (file.ReadLine() is { } row)
            rows.Add(row);
        return (header, [.. rows.Where(row => row.Length > 0)]);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="rows">In order.</param>
    public static void Write(string path, string header, IEnumerable<WrittenRow> rows)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        file.WriteLine(Columns + header);
        foreach (var row in rows)
            file.WriteLine($"{row.Id},{row.Identity},{row.Source},{row.Cells}");
    }
}

/// <param name="Cells">The cells of Adult.</param>
internal readonly record struct WrittenRow(string Id, string Identity, string Source, string Cells);
