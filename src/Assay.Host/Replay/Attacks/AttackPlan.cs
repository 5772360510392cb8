using Assay.Mapping.Files;

namespace Assay.Host.Replay.Attacks;

/// <summary>
/// The attacks of a replay. Deal every row to <see cref="Survey"/>, call <see cref="Choose"/>, then deal the same rows to <see
/// cref="Apply"/>.
/// The same rows, attacks and seed give the same result. Memory is one bit a row and attack. For one thread at a time.
/// </summary>
public sealed class AttackPlan : IDisposable
{
    private readonly List<Attack> _attacks = [];
    private readonly List<AttackedRow> _added = [];
    private long _total;

    /// <param name="open">Opens another file in the format of the stream, with the stream's columns (<c>document</c>).</param>
    /// <param name="seed">For attacks that name no seed.</param>
    /// <exception cref="InputException">A column or role does not exist.</exception>
    public AttackPlan(IReadOnlyList<AttackSpec> specs, IRowRoles roles, RowEditor editor, Func<string, RecordFiles> open, long seed)
    {
        var fields = new RowFields(editor, roles);
        for (var i = 0; i < specs.Count; i++)
        {
            var spec = specs[i];
            var ofKind = specs.Take(i + 1).Count(other => other.Kind == spec.Kind);
            _attacks.Add(Make(ofKind == 1 ? spec.Kind : $"{spec.Kind}#{ofKind}", spec, fields, new KeyedHash(spec.Seed ?? seed, i), open));
        }
    }

    /// <summary>First pass, in order.</summary>
    public void Survey(in DealtRow row)
    {
        _total++;
        if (row.Record.Failure is not null)
            return;
        foreach (var attack in _attacks)
            attack.Survey(row);
    }

    /// <summary>Between the passes.</summary>
    /// <exception cref="InputException">An attack matches no record, or fewer than its count; the message says what the stream holds
    /// instead.</exception>
    public void Choose()
    {
        foreach (var attack in _attacks)
            attack.Choose(_total);
    }

    /// <summary>Second pass, in order.</summary>
    /// <param name="output">Receives what goes into the stream: the row, changed or not, then the rows that attackers write after
    /// it.</param>
    public void Apply(in DealtRow row, List<AttackedRow> output)
    {
        var current = new AttackedRow(row.Source, row.Identity, row.Record, null);
        _added.Clear();
        foreach (var attack in _attacks)
            attack.Apply(row.Ordinal, ref current, _added);
        output.Add(current);
        output.AddRange(_added);
    }

    public void Dispose()
    {
        foreach (var attack in _attacks)
            (attack as IDisposable)?.Dispose();
    }

    private static Attack Make(string name, AttackSpec spec, RowFields fields, KeyedHash hash, Func<string, RecordFiles> open) =>
        spec.Kind switch
        {
            "flip" => new FlipAttack(name, spec, fields, hash),
            "trigger" => new TriggerAttack(name, spec, fields, hash),
            "outlier" or "drift" => new ShiftAttack(name, spec, fields, hash),
            "duplicate" => new DuplicateAttack(name, spec, fields, hash),
            "hidden" => new HiddenAttack(name, spec, fields, hash),
            "rate" => new RateAttack(name, spec, fields, hash),
            "reward" => new RewardAttack(name, spec, fields, hash),
            "document" => new DocumentAttack(name, spec, fields, hash, open),
            _ => throw new ArgumentException($"'{spec.Kind}' is no kind of attack.", nameof(spec)),
        };
}
