using System.Text;
using Assay.Mapping.Csv;

namespace Assay.Mapping.Files;

/// <summary>Reads column names.</summary>
internal static class CsvHeader
{
    /// <exception cref="InputException">Names are missing, repeated or unreadable.</exception>
    public static List<string> Parse(string file, long lineNumber, ReadOnlyMemory<byte> bytes, CsvDialect dialect)
    {
        var where = $"{file}, line {lineNumber}";
        var line = new CsvLine(dialect);
        if (!line.TrySplit(bytes))
            throw new InputException($"{where}: the header cannot be read: {line.FaultReason}");
        var names = new List<string>(line.Count);
        for (var i = 0; i < line.Count; i++)
            names.Add(Encoding.UTF8.GetString(line.Trimmed(i)));
        if (names.FindIndex(name => name.Length == 0) is >= 0 and var empty)
            throw new InputException($"{where}: column {empty + 1} of {names.Count} has no name. {Advice}");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
        {
            var at = string.Join(" and ", names.Select((name, i) =>
                (name, i)).Where(pair => pair.name == twice).Select(pair => pair.i + 1));
            throw new InputException($"{where}: columns {at} have the same name '{twice}'. {Advice}");
        }

        return names;
    }

    private const string Advice = "Name each column in the first row, or list the columns in the profile if the file has no header.";
}
