using Assay.Host.Replay.Attacks;
using Assay.Mapping.Files;

namespace Assay.Host.Replay;

/// <summary>A row as it goes into the stream.</summary>
/// <param name="Number">Position in the stream, from 0.</param>
internal readonly record struct StreamedRow(long Number, AttackedRow Row);

/// <summary>The rows of the files in the order asked for, dealt, with what attacks make of them.</summary>
/// <param name="attacks">Null for a clean replay.</param>
internal sealed class ReplayRows(RecordFiles files, ReplayInput input, ReplayRequest request, AttackPlan? attacks)
{
    private FileRecord[]? _shuffled;

    /// <summary>Rows of the files; null while unknown.</summary>
    public long? Total { get; private set; }

    /// <summary>The first pass, where attacks need to know all rows before they choose.</summary>
    /// <exception cref="InputException">Attacks on standard input, or on rows that are not there.</exception>
    public void Prepare()
    {
        if (attacks is null)
            return;
        if (!files.CanReadAgain)
            throw new InputException("--attack needs to read the input twice, and standard input can be read once; write it to a file first.");
        var total = 0L;
        foreach (var row in Dealt())
        {
            attacks.Survey(row);
            total++;
        }

        Total = total;
        attacks.Choose();
    }

    /// <exception cref="InputException">A file breaks off.</exception>
    public IEnumerable<StreamedRow> Read()
    {
        var number = 0L;
        var changed = new List<AttackedRow>();
        foreach (var row in Dealt())
        {
            changed.Clear();
            if (attacks is null)
                changed.Add(new AttackedRow(row.Source, row.Identity, row.Record, null));
            else
                attacks.Apply(row, changed);
            foreach (var streamed in changed)
                yield return new StreamedRow(number++, streamed);
        }
    }

    private IEnumerable<DealtRow> Dealt()
    {
        var ordinal = 0L;
        foreach (var record in Ordered())
            yield return input.Deal(record, ordinal++);
    }

    private IEnumerable<FileRecord> Ordered() => request.Shuffled ? _shuffled ??= Shuffle() : InFileOrder();

    private IEnumerable<FileRecord> InFileOrder()
    {
        var left = request.Limit ?? long.MaxValue;
        foreach (var record in files.Read())
        {
            if (left-- <= 0)
                yield break;
            yield return record;
        }
    }

    private FileRecord[] Shuffle()
    {
        var rows = InFileOrder().ToArray();
        Total = rows.Length;
        new Random(unchecked((int)(request.Seed ^ (request.Seed >> 32)))).Shuffle(rows);
        return rows;
    }
}
