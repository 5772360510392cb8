using Assay.Mapping.Files;

namespace Assay.Host.Replay.Attacks;

/// <summary>Writes the records of another file into the stream, in their order, evenly between start and end.</summary>
/// <param name="open">Opens the file in the format of the stream.</param>
internal sealed class DocumentAttack(string name, AttackSpec spec, RowFields fields, KeyedHash hash, Func<string, RecordFiles> open)
    : Attack(name, spec, fields, hash), IDisposable
{
    private RowSet _chosen = new();
    private RecordFiles? _files;
    private IEnumerator<FileRecord>? _documents;
    private long _document = -1;
    private long _written;
    private long _first;
    private long _length;

    protected override IReadOnlyList<Criterion> Criteria => [];

    public override void Survey(in DealtRow row)
    {
    }

    public override void Choose(long total)
    {
        _files = open(Spec["file"]);
        var count = _files.Read().LongCount();
        var (first, last) = Window(total);
        (_first, _length) = (first, last - first);
        if (count == 0)
            throw new InputException($"--attack '{Spec.Written}': '{Spec["file"]}' holds no records.");
        if (_length == 0)
            throw new InputException(
                $"--attack '{Spec.Written}' matches no record: none lies between {Spec.Start} and {Spec.End} of a stream of {total}.");
        if (count < Spec.Count)
            throw new InputException(
                $"--attack '{Spec.Written}' asks for {Spec.Count} records, but '{Spec["file"]}' has {count}. Lower count.");
        var all = new RowSet();
        for (var i = 0L; i < count; i++)
            all.Add(i);
        _chosen = RowChoice.Of(all.Between(0, count), Spec, Hash);
        if (_chosen.Count == 0)
            throw new InputException(
                $"--attack '{Spec.Written}' chooses none of {count} records: rate is too low for so few. Use count=1.");
        _documents = _files.Read().GetEnumerator();
    }

    public override void Apply(long ordinal, ref AttackedRow row, List<AttackedRow> added)
    {
        while (_written < _chosen.Count && Place(_written) == ordinal)
        {
            Strike(ordinal, ++_written, ref row, added);
        }
    }

    public void Dispose()
    {
        _documents?.Dispose();
        _files?.Dispose();
    }

    protected override void Strike(long ordinal, long nth, ref AttackedRow row, List<AttackedRow> added)
    {
        do
        {
            if (!_documents!.MoveNext())
                throw new InputException($"--attack '{Spec.Written}': '{Spec["file"]}' became shorter while it was read.");
        }
        while (!_chosen.Contains(++_document));

        added.Add(WriteBeside(row, _documents.Current));
    }

    /// <summary>The row after which a document goes.</summary>
    private long Place(long document) => _first + (long)((document + 0.5) * _length / _chosen.Count);
}
