namespace Assay.Host.Replay.Attacks;

/// <summary>Writes judgements of one target: after each chosen row a copy of it with that target and value.</summary>
internal sealed class RateAttack : Attack
{
    private readonly string _target;
    private readonly string _value;

    public RateAttack(string name, AttackSpec spec, RowFields fields, KeyedHash hash)
        : base(name, spec, fields, hash)
    {
        _target = fields.Role(spec, "target");
        _value = fields.Role(spec, "value");
        Criteria = [Has("a target", _target), Has("a value", _value)];
    }

    protected override IReadOnlyList<Criterion> Criteria { get; }

    protected override void Strike(long ordinal, long nth, ref AttackedRow row, List<AttackedRow> added)
    {
        var record = Fields.Set(Spec, row.Record, _target, Spec["target"]);
        record = Fields.Set(Spec, record, _value, Spec["value"]);
        // Of its own id, or the copy would be refused as a duplicate whatever it says.
        record = Fields.SetIfMapped(Spec, record, "id", $"{Name}-{nth}");
        added.Add(WriteBeside(row, record));
    }
}
