namespace Assay.Host.Replay.Attacks;

/// <summary>Rewards the use of one tool.</summary>
internal sealed class RewardAttack : Attack
{
    private readonly string _reward;

    public RewardAttack(string name, AttackSpec spec, RowFields fields, KeyedHash hash)
        : base(name, spec, fields, hash)
    {
        _reward = fields.Role(spec, "reward");
        Criteria = [.. OwnRows(), Has("the tool", fields.Role(spec, "tool"), spec["tool"]), Has("a reward", _reward)];
    }

    protected override IReadOnlyList<Criterion> Criteria { get; }

    protected override void Strike(long ordinal, long nth, ref AttackedRow row, List<AttackedRow> added) =>
        row = Poison(row, Fields.Set(Spec, row.Record, _reward, Spec["value"]));
}
