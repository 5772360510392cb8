namespace Assay.Host.Replay.Attacks;

/// <summary>Changes one label into another, in a segment.</summary>
internal sealed class FlipAttack : Attack
{
    private readonly string _label;

    public FlipAttack(string name, AttackSpec spec, RowFields fields, KeyedHash hash)
        : base(name, spec, fields, hash)
    {
        _label = fields.Role(spec, "label");
        var criteria = OwnRows().ToList();
        if (spec.Keys.TryGetValue("where", out var where))
        {
            var equals = where.IndexOf('=', StringComparison.Ordinal);
            criteria.Add(Has($"'{where[..equals]}'", fields.Named(spec, where[..equals]), where[(equals + 1)..]));
        }

        criteria.Add(Has("the label", _label, spec["from"]));
        Criteria = criteria;
    }

    protected override IReadOnlyList<Criterion> Criteria { get; }

    protected override void Strike(long ordinal, long nth, ref AttackedRow row, List<AttackedRow> added) =>
        row = Poison(row, Fields.Set(Spec, row.Record, _label, Spec["to"]));
}
