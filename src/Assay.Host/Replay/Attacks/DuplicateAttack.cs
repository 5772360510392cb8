using System.Globalization;

namespace Assay.Host.Replay.Attacks;

/// <summary>Sends copies of a record, byte for byte, right after it.</summary>
internal sealed class DuplicateAttack : Attack
{
    private readonly long _copies;

    public DuplicateAttack(string name, AttackSpec spec, RowFields fields, KeyedHash hash)
        : base(name, spec, fields, hash)
    {
        _copies = long.Parse(spec["copies"], CultureInfo.InvariantCulture);
        Criteria = [.. OwnRows()];
    }

    protected override IReadOnlyList<Criterion> Criteria { get; }

    protected override void Strike(long ordinal, long nth, ref AttackedRow row, List<AttackedRow> added)
    {
        for (var i = 0L; i < _copies; i++)
            added.Add(Poison(row, row.Record));
    }
}
