using Assay.Mapping.Files;

namespace Assay.Host.Replay;

/// <summary>A row between the producer and its verdict.</summary>
/// <param name="Sequence">Position in the replayed stream, from 0.</param>
/// <param name="Id">The record's own id, or file:line.</param>
public sealed record ReplayRow(long Sequence, FileRecord Record, string Id);

/// <summary>
/// Rows produced to one partition that have no verdict yet. The replay's producer is alone on its topic and keeps the order within a
/// partition, so the k-th row given is the one at offset k. Safe for one producer and one collector thread.
/// </summary>
public sealed class InFlight
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, ReplayRow> _open = [];
    private long _produced;
    private long _done;

    /// <summary>Call in the order of producing, before the message is handed over.</summary>
    public void Add(ReplayRow row)
    {
        lock (_gate)
            _open.Add(_produced++, row);
    }

    /// <summary>Takes the row at an offset; null where its verdict came before (a repeat).</summary>
    /// <param name="next">First offset that has no verdict yet.</param>
    public ReplayRow? Take(long offset, out long next)
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
