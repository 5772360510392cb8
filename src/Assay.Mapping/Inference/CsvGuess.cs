using System.Text;
using Assay.Mapping.Csv;

namespace Assay.Mapping.Inference;

/// <summary>How an unknown text table is written, judged by its first lines.</summary>
/// <param name="HasHeader">
/// Whether the first line holds names: none of its fields is a number, empty, long, twice in the line, or again in its column further down.
/// </param>
internal sealed record CsvGuess(CsvDialect Dialect, bool HasHeader, int Columns)
{
    /// <summary>
    /// Quotes are text only where tabs separate, as is the custom: a line that a quoted field breaks off says nothing against them.
    /// </summary>
    private static readonly CsvDialect[] Dialects =
    [
        CsvDialect.Default, new((byte)'\t'), new((byte)'\t', false), new((byte)';'), new((byte)'|'),
    ];

    /// <summary>The dialect that gives the most lines the same number of fields, at least two; a comma where none does.</summary>
    /// <param name="lines">At least one.</param>
    public static CsvGuess Of(IReadOnlyList<byte[]> lines)
    {
        var best = new CsvGuess(CsvDialect.Default, true, 1);
        var bestScore = 0;
        foreach (var dialect in Dialects)
        {
            var line = new CsvLine(dialect);
            var counts = lines.Select(l => line.TrySplit(l) ? line.Count : 0).ToArray();
            var agreeing = counts.Count(c => c == counts[0]);
            if (counts[0] < 2 || agreeing <= bestScore)
                continue;
            bestScore = agreeing;
            best = new CsvGuess(dialect, IsHeader(lines, dialect), counts[0]);
        }

        return best;
    }

    private static bool IsHeader(IReadOnlyList<byte[]> lines, CsvDialect dialect)
    {
        var names = Cells(lines[0], dialect);
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length || names.Any(IsValue))
            return false;
        return !lines.Skip(1).Any(l => Cells(l, dialect).Zip(names).Any(pair => pair.First == pair.Second));
    }

    private static bool IsValue(string name) =>
        name.Length is 0 or > 64
        || name.AsSpan().Count(' ') > 3
        || Reading.NumberText.Parse(Encoding.UTF8.GetBytes(name), out _) != Reading.NumberOutcome.NoNumber;

    private static string[] Cells(byte[] record, CsvDialect dialect)
    {
        var line = new CsvLine(dialect);
        if (!line.TrySplit(record))
            return [];
        var cells = new string[line.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = Encoding.UTF8.GetString(line.Trimmed(i));
        return cells;
    }
}
