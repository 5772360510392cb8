using Assay.Mapping.Files;

namespace Assay.Host.Replay.Attacks;

/// <summary>One attack of a replay: sees the whole stream once, chooses its rows, then changes them or writes beside them.</summary>
internal abstract class Attack(string name, AttackSpec spec, RowFields fields, KeyedHash hash)
{
    private readonly RowSet _eligible = new();
    private RowSet _chosen = new();
    private long _applied;

    /// <summary>Kind, with a number from the second of a kind on.</summary>
    public string Name => name;

    protected AttackSpec Spec => spec;

    protected RowFields Fields => fields;

    protected KeyedHash Hash => hash;

    /// <summary>Every condition that a row must meet to be eligible.</summary>
    protected abstract IReadOnlyList<Criterion> Criteria { get; }

    /// <summary>First pass.</summary>
    public virtual void Survey(in DealtRow row)
    {
        var eligible = true;
        foreach (var criterion in Criteria)
            eligible &= criterion.Meets(row);
        if (eligible)
            _eligible.Add(row.Ordinal);
    }

    /// <summary>Between the passes.</summary>
    /// <param name="total">Rows of the stream.</param>
    /// <exception cref="InputException">Nothing, or less than asked for, can be attacked.</exception>
    public virtual void Choose(long total)
    {
        var (first, last) = Window(total);
        var eligible = _eligible.Between(first, last).LongCount();
        if (eligible == 0)
            throw new InputException($"--attack '{spec.Written}' matches no record: {WhyNone(total)}");
        if (eligible < spec.Count)
            throw new InputException($"--attack '{spec.Written}' asks for {spec.Count} records, but only {eligible} match. "
                + "Lower count, or widen start and end.");
        _chosen = RowChoice.Of(_eligible.Between(first, last), spec, hash);
        if (_chosen.Count == 0)
            throw new InputException(
                $"--attack '{spec.Written}' chooses none of {eligible} matching records: rate is too low for so few. Use count=1.");
    }

    /// <summary>Second pass: changes the row if it was chosen, and adds the rows that the attacker writes after it.</summary>
    public virtual void Apply(long ordinal, ref AttackedRow row, List<AttackedRow> added)
    {
        if (_chosen.Contains(ordinal))
            Strike(ordinal, ++_applied, ref row, added);
    }

    /// <param name="nth">How many rows this attack has struck, this one included.</param>
    protected abstract void Strike(long ordinal, long nth, ref AttackedRow row, List<AttackedRow> added);

    /// <summary>Ordinals from the first to before the last.</summary>
    protected (long First, long Last) Window(long total) => ((long)Math.Floor(spec.Start * total), (long)Math.Ceiling(spec.End * total));

    protected AttackedRow Poison(in AttackedRow row, FileRecord record) =>
        row with { Record = record, Attack = row.Attack is null ? name : $"{row.Attack}+{name}" };

    /// <summary>A row by the attacker: by the source and identity of the spec, else by those of <paramref name="beside"/>.</summary>
    protected AttackedRow WriteBeside(in AttackedRow beside, FileRecord record)
    {
        record = fields.SetIfMapped(spec, record, "source", spec.Source);
        record = fields.SetIfMapped(spec, record, "identity", spec.Identity);
        return new AttackedRow(spec.Source ?? beside.Source, spec.Identity ?? beside.Identity, record, name);
    }

    /// <summary>Conditions of attacks that change rows: only the attacker's own.</summary>
    protected IEnumerable<Criterion> OwnRows()
    {
        if (spec.Source is not null)
            yield return new Criterion("the source", row => row.Source, spec.Source);
        if (spec.Identity is not null)
            yield return new Criterion("the identity", row => row.Identity, spec.Identity);
    }

    protected Criterion Has(string what, string field, string? wanted = null) => new(what, row => fields.Get(row.Record, field), wanted);

    private string WhyNone(long total)
    {
        if (total == 0)
            return "the stream has no records.";
        if (Criteria.FirstOrDefault(criterion => criterion.Met == 0) is { } unmet)
            return unmet.Unmet() + ".";
        return $"each condition is met somewhere, but none between {spec.Start} and {spec.End} of the stream by one record "
            + $"({string.Join(", ", Criteria)}). Widen start and end, or drop a condition.";
    }
}
