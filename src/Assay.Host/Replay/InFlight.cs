using Assay.Mapping.Files;

namespace Assay.Host.Replay;

/// <summary>A row between the producer and its verdict.</summary>
/// <param name="Number">Position in the replayed stream, from 0.</param>
/// <param name="OwnId">The id that the record brings; null where it brings none, and is called file:line.</param>
/// <param name="Attack">Name of the attack that wrote or changed the row; null for a clean one.</param>
internal sealed record PendingRow(long Number, FileRecord Record, string Source, string? OwnId, string? Attack)
{
    public string Position => $"{Record.File}:{Record.Line}";
}

/// <summary>
/// Rows produced to one partition that have no verdict yet. The replay's producer is alone on its topic and keeps the order within a
/// partition, so the k-th row given is the one at offset k. Safe for one producer and one collector thread.
/// </summary>
internal sealed class InFlight
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, PendingRow> _open = [];
    private long _produced;
    private long _done;

    /// <summary>Call in the order of producing, before the message is handed over.</summary>
    public void Add(PendingRow row)
    {
        lock (_gate)
            _open.Add(_produced++, row);
    }

    /// <summary>Takes the row at an offset; null where its verdict came before (a repeat).</summary>
    /// <param name="next">First offset that has no verdict yet.</param>
    public PendingRow? Take(long offset, out long next)
    {
        lock (_gate)
        {
            _open.Remove(offset, out var row);
            while (_done < _produced && !_open.ContainsKey(_done))
                _done++;
            next = _done;
            return row;
        }
    }
}
