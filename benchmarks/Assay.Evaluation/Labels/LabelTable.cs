using System.Globalization;
using System.IO.Compression;
using Assay.Contracts.Records;

namespace Assay.Evaluation.Labels;

/// <summary>A labelled table in memory: comma-separated files with one header, read leniently (rows of another width are left out).</summary>
public sealed class LabelTable
{
    private const int MinDistinctNumbers = 13;

    private readonly string[][] _rows;

    private LabelTable(string[] columns, string[][] rows, int label)
    {
        Columns = columns;
        _rows = rows;
        LabelColumn = label;
        Numeric = [.. columns.Select((_, c) => IsNumeric(c))];
    }

    public string[] Columns { get; }

    public int LabelColumn { get; }

    /// <summary>Columns that are numbers throughout, with more than a dozen values.</summary>
    public bool[] Numeric { get; }

    public int Count => _rows.Length;

    public string this[int row, int column] => _rows[row][column];

    public string Label(int row) => _rows[row][LabelColumn];

    public double Number(int row, int column) => double.Parse(_rows[row][column], CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">No such column.</exception>
    public int Column(string name)
    {
        var c = Array.IndexOf(Columns, name);
        return c >= 0 ? c : throw new ArgumentException($"There is no column '{name}' among {string.Join(", ", Columns)}.");
    }

    public static LabelTable Load(IEnumerable<string> files, string label)
    {
        string[]? header = null;
        var rows = new List<string[]>();
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
            var first = Cells(reader.ReadLine() ?? "");
            header ??= first;
            while (reader.ReadLine() is { } line)
            {
                var cells = Cells(line);
                if (cells.Length == header.Length)
                    rows.Add(cells);
            }
        }

        var column = Array.IndexOf(header ?? [], label);
        return column >= 0
            ? new LabelTable(header!, [.. rows], column)
            : throw new ArgumentException($"There is no column '{label}' in {string.Join(", ", files)}.");
    }

    /// <summary>The rows as records, one column optionally left out. Identity, source, offset and label are for the caller to set.</summary>
    public Record[] Records(int hidden = -1)
    {
        var records = new Record[Count];
        for (var r = 0; r < Count; r++)
        {
            var record = records[r] = new Record { Dataset = "evaluation" };
            for (var c = 0; c < Columns.Length; c++)
            {
                if (c == LabelColumn || c == hidden)
                    continue;
                if (Numeric[c])
                    record.Features.Add(Columns[c], Number(r, c));
                else
                    record.Attributes.Add(Columns[c], _rows[r][c]);
            }
        }

        return records;
    }

    private static string[] Cells(string line) => [.. line.Split(',').Select(c => string.Intern(c.Trim(' ', '.', '"', '\r')))];

    private bool IsNumeric(int column)
    {
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in _rows)
        {
            if (!double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                return false;
            if (distinct.Count < MinDistinctNumbers)
                distinct.Add(row[column]);
        }

        return distinct.Count >= MinDistinctNumbers;
    }
}
