using System.Globalization;
using System.Text.Json;

namespace Assay.Evaluation.Labels;

/// <summary>A stream as a file for <c>assay replay</c>, and the profile that reads it as the runs here do: each source is one identity.</summary>
public static class StreamFile
{
    private const string Source = "source";

    /// <summary>Writes a header and one line a row, in order.</summary>
    /// <param name="hidden">Column that the records do not show, −1 for none.</param>
    /// <param name="negative">The label of rows that are not positive.</param>
    public static void Write(TextWriter to, LabelTable table, IEnumerable<StreamRow> rows, int hidden, string positive, string negative)
    {
        var columns = Columns(table, hidden);
        to.Write(string.Join(',', columns.Select(c => table.Columns[c]).Prepend(table.Columns[table.LabelColumn]).Prepend(Source)));
        to.Write('\n');
        foreach (var row in rows)
        {
            to.Write(string.Create(CultureInfo.InvariantCulture, $"source-{row.Source},{(row.Positive ? positive : negative)}"));
            foreach (var c in columns)
            {
                to.Write(',');
                to.Write(table[row.Row, c]);
            }

            to.Write('\n');
        }
    }

    /// <summary>Every cell counts, none stands for something missing: as in <see cref="LabelTable.Records"/>.</summary>
    public static string Profile(LabelTable table, int hidden)
    {
        var columns = Columns(table, hidden);
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["format"] = "csv",
            ["dataset"] = "evaluation",
            ["source"] = Column(Source),
            ["label"] = Column(table.Columns[table.LabelColumn]),
            ["features"] = columns.Where(c => table.Numeric[c]).ToDictionary(c => table.Columns[c], c => Column(table.Columns[c])),
            ["attributes"] = columns.Where(c => !table.Numeric[c]).ToDictionary(c => table.Columns[c], c => Column(table.Columns[c])),
            ["missing"] = Array.Empty<string>(),
        });
    }

    private static int[] Columns(LabelTable table, int hidden) =>
        [.. Enumerable.Range(0, table.Columns.Length).Where(c => c != table.LabelColumn && c != hidden)];

    private static Dictionary<string, string> Column(string name) => new() { ["column"] = name };
}
