using System.Globalization;
using Assay.Mapping.Files;

namespace Assay.Host.Replay.Attacks;

/// <summary>
/// Moves a number by a multiple of its standard deviation over the whole clean stream: <c>outlier</c> by a fixed one, <c>drift</c> by
/// one that grows
/// with each record struck.
/// </summary>
internal sealed class ShiftAttack : Attack
{
    private readonly string _field;
    private readonly double _deviations;
    private readonly bool _grows;
    private long _count;
    private double _mean;
    private double _squares;

    public ShiftAttack(string name, AttackSpec spec, RowFields fields, KeyedHash hash)
        : base(name, spec, fields, hash)
    {
        _field = fields.Named(spec, spec["column"]);
        _grows = spec.Kind == "drift";
        _deviations = double.Parse(spec[_grows ? "per-record" : "shift"], CultureInfo.InvariantCulture);
        Criteria = [.. OwnRows(), new Criterion($"a number in '{spec["column"]}'", row => Number(row.Record) is null ? null : "", null)];
    }

    protected override IReadOnlyList<Criterion> Criteria { get; }

    /// <summary>Welford's running variance.</summary>
    public override void Survey(in DealtRow row)
    {
        base.Survey(row);
        if (Number(row.Record) is not { } value)
            return;
        _count++;
        var before = value - _mean;
        _mean += before / _count;
        _squares += before * (value - _mean);
    }

    public override void Choose(long total)
    {
        base.Choose(total);
        if (!(Deviation() > 0 && double.IsFinite(Deviation())))
            throw new InputException($"--attack '{Spec.Written}': '{Spec["column"]}' does not vary, "
                + "so it has no standard deviation to shift by. Choose another column.");
    }

    protected override void Strike(long ordinal, long nth, ref AttackedRow row, List<AttackedRow> added)
    {
        var shifted = (Number(row.Record) ?? _mean) + (_deviations * Deviation() * (_grows ? nth : 1));
        row = Poison(row, Fields.Set(Spec, row.Record, _field, shifted.ToString("G15", CultureInfo.InvariantCulture)));
    }

    private double Deviation() => _count < 2 ? 0 : Math.Sqrt(_squares / (_count - 1));

    private double? Number(FileRecord record) =>
        double.TryParse(Fields.Get(record, _field), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ?
            value : null;
}
