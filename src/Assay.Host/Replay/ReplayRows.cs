using Assay.Mapping.Files;

namespace Assay.Host.Replay;

/// <summary>A row as it goes into the stream.</summary>
/// <param name="Number">Position in the stream, from 0.</param>
/// <param name="Ordinal">Number of the file's row that it is or comes from.</param>
internal readonly record struct StreamedRow(long Number, long Ordinal, FileRecord Record, string? Attack);

/// <summary>The rows of the files in the order asked for, with what attacks make of them.</summary>
internal sealed class ReplayRows(RecordFiles files, ReplayInput input, ReplayRequest request)
{
    /// <summary>Rows in the stream; null while unknown.</summary>
    public long? Total { get; private set; }

    /// <exception cref="InputException">A file breaks off.</exception>
    public IEnumerable<StreamedRow> Read()
    {
        var number = 0L;
        foreach (var (ordinal, record) in Ordered())
            yield return new StreamedRow(number++, ordinal, record, null);
    }

    public ReplayMessage Message(in StreamedRow row) => input.Message(row.Record, row.Number, row.Ordinal, row.Attack);

    private IEnumerable<(long Ordinal, FileRecord Record)> Ordered()
    {
        var rows = files.Read().Take(request.Limit is { } limit ? (int)Math.Min(int.MaxValue, limit) : int.MaxValue).Select((record, i) => ((long)i, record));
        if (!request.Shuffled)
            return rows;
        var all = rows.ToArray();
        Total = all.Length;
        new Random(unchecked((int)(request.Seed ^ (request.Seed >> 32)))).Shuffle(all);
        return all;
    }
}
