using System.Globalization;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Replay.Outcomes;

/// <summary>
/// The newest rows by their place on the replay's broker, so that decisions and recalls, which know places, can name records. Bounded: about
/// <see cref="Rows"/> rows, of about 100 bytes. Safe for several threads.
/// </summary>
/// <param name="topic">The replay's topic.</param>
/// <param name="rows">Rows that are remembered at least.</param>
internal sealed class RowIndex(string topic, int partitions, int rows = RowIndex.Rows)
{
    public const int Rows = 1 << 20;

    private const int MaxNames = 1 << 16;

    private readonly Lock _gate = new();
    private readonly PartitionRows[] _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new PartitionRows())];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PoisonedRows> _poisoned = new(StringComparer.Ordinal);
    private readonly string _prefix = topic + "/";

    public void Add(int partition, long offset, JudgedRow row)
    {
        lock (_gate)
        {
            _partitions[partition].Set(offset, row with { Source = Name(row.Source), Identity = Name(row.Identity) });
            if (!row.Poisoned)
                return;
            var known = _poisoned.GetValueOrDefault(row.Identity, new PoisonedRows(row.Number, 0));
            _poisoned[row.Identity] = new PoisonedRows(Math.Min(known.First, row.Number), known.Count + 1);
        }
    }

    /// <summary>Forgets what is older than the newest rows.</summary>
    /// <param name="next">Number of the next row of the stream.</param>
    public void Trim(long next)
    {
        lock (_gate)
        {
            foreach (var partition in _partitions)
                partition.ForgetBelow(next - rows);
        }
    }

    /// <summary>The row at a place; null where it is not, or no longer, remembered.</summary>
    public JudgedRow? Find(int partition, long offset)
    {
        lock (_gate)
            return (uint)partition < (uint)_partitions.Length && _partitions[partition].TryFind(offset, out var row) ? row : null;
    }

    /// <summary>The row that an id of the form <c>topic/partition/offset</c> names; null for any other id.</summary>
    public JudgedRow? Find(string id)
    {
        if (!id.StartsWith(_prefix, StringComparison.Ordinal))
            return null;
        var rest = id.AsSpan(_prefix.Length);
        var slash = rest.IndexOf('/');
        return slash > 0
            && int.TryParse(rest[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(rest[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? Find(partition, offset)
            : null;
    }

    /// <summary>The admitted rows that a recall takes back, in stream order.</summary>
    /// <param name="complete">False where a part of the ranges is no longer remembered.</param>
    public List<JudgedRow> Recalled(Recall recall, out bool complete)
    {
        var found = new List<JudgedRow>();
        complete = true;
        lock (_gate)
        {
            foreach (var range in recall.Ranges.Where(r => r.Topic == topic && r.Partition < _partitions.Length))
            {
                var partition = _partitions[range.Partition];
                complete &= range.From >= partition.First;
                for (var offset = Math.Max(range.From, partition.First); offset <= range.To && offset < partition.End; offset++)
                {
                    if (partition.TryFind(offset, out var row) && row.Kind == VerdictKind.Admit && row.Identity == recall.Identity
                        && (recall.Source is null || row.Source == recall.Source))
                    {
                        found.Add(row);
                    }
                }
            }
        }

        return [.. found.DistinctBy(r => r.Number).OrderBy(r => r.Number)];
    }

    /// <summary>The remembered rows of an identity from one number to another, both included, in no order.</summary>
    public List<JudgedRow> Of(string identity, long from, long to)
    {
        var found = new List<JudgedRow>();
        lock (_gate)
        {
            foreach (var partition in _partitions)
            {
                for (var offset = partition.First; offset < partition.End; offset++)
                {
                    if (partition.TryFind(offset, out var row) && row.Number >= from && row.Number <= to && row.Identity == identity)
                        found.Add(row);
                }
            }
        }

        return found;
    }

    /// <summary>How many rows of an identity attacks have written or changed so far; null for none.</summary>
    public PoisonedRows? Poisoned(string identity)
    {
        lock (_gate)
            return _poisoned.TryGetValue(identity, out var rows) ? rows : null;
    }

    /// <summary>One string for equal names, as long as there are not too many of them.</summary>
    private string Name(string name)
    {
        if (_names.TryGetValue(name, out var known))
            return known;
        if (_names.Count < MaxNames)
            _names.Add(name, name);
        return name;
    }
}

/// <param name="First">Number of the first one.</param>
internal readonly record struct PoisonedRows(long First, long Count);
