namespace Assay.Host.Replay.Attacks;

/// <summary>Puts a token between two words of the text and sets the label (BadNets for text: Gu et al. 2017, Kurita et al. 2020).</summary>
internal sealed class TriggerAttack : Attack
{
    private readonly string _text;
    private readonly string _label;

    public TriggerAttack(string name, AttackSpec spec, RowFields fields, KeyedHash hash)
        : base(name, spec, fields, hash)
    {
        _text = fields.Role(spec, "text");
        _label = fields.Role(spec, "label");
        Criteria = [.. OwnRows(), Has("a text", _text), Has("a label", _label)];
    }

    protected override IReadOnlyList<Criterion> Criteria { get; }

    protected override void Strike(long ordinal, long nth, ref AttackedRow row, List<AttackedRow> added)
    {
        var words = (Fields.Get(row.Record, _text) ?? "").Split(' ').ToList();
        words.Insert(Hash.Place(ordinal, words.Count + 1), Spec["token"]);
        var record = Fields.Set(Spec, row.Record, _text, string.Join(' ', words));
        row = Poison(row, Fields.Set(Spec, record, _label, Spec["label"]));
    }
}
