namespace Assay.Evaluation.Labels;

/// <summary>
/// How rows become the streams of sources that honestly differ: <c>BASE[+MOD…]</c> (DETECTION §2a). BASE is <c>hash</c> (at random),
/// <c>col:COLUMN</c> (by its values) or <c>hid:COLUMN</c> (by its values, and the column is taken out of the record), the latter two with
/// <c>/SOFT</c> (so often a source at random instead).
/// </summary>
public sealed class Split
{
    private readonly HashSet<string> _mods;
    private readonly int _column = -1;
    private readonly double _soft;

    public Split(string text, LabelTable table)
    {
        Text = text;
        var parts = text.Split('+');
        _mods = [.. parts.Skip(1)];
        var unknown = _mods.Except(["skew", "skew3", "zipf", "rare", "late", "drift", "jump", "wave"]).FirstOrDefault();
        if (unknown is not null)
            throw new ArgumentException($"'{unknown}' in split '{text}' is none of skew, skew3, zipf, rare, late, drift, jump, wave.");
        if (parts[0] == "hash")
            return;
        var kind = parts[0].Split(':', 2);
        if (kind.Length != 2 || kind[0] is not ("col" or "hid"))
            throw new ArgumentException($"'{parts[0]}' in split '{text}' is none of hash, col:COLUMN, hid:COLUMN.");
        var column = kind[1].Split('/');
        _column = table.Column(column[0]);
        _soft = column.Length > 1 ? double.Parse(column[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        Hidden = kind[0] == "hid" ? _column : -1;
    }

    public string Text { get; }

    /// <summary>The column that sources differ by and records do not show; −1 without.</summary>
    public int Hidden { get; } = -1;

    /// <summary>Deals the rows to sources.</summary>
    /// <param name="positive">The label whose odds the mods change.</param>
    /// <param name="passes">How often the table is gone through, each time in another order.</param>
    public List<StreamRow> Deal(LabelTable table, string positive, int sources, int passes, Draws draws)
    {
        var group = _column < 0 ? null : Groups(table, sources);
        double[] volumes = [.. Enumerable.Range(0, sources).Select(s => _mods.Contains("zipf") ? 1.0 / (s + 1) : 1)];
        double[] odds = [.. volumes.Select(_ => SourceOdds(draws))];
        var rows = new List<StreamRow>();
        for (var pass = 0; pass < passes; pass++)
        {
            var order = Enumerable.Range(0, table.Count).ToArray();
            draws.Shuffle(order);
            foreach (var row in order)
            {
                var source = group is not null && draws.Next() >= _soft ? group[row] : draws.Pick(volumes);
                rows.Add(new StreamRow(row, source, table.Label(row) == positive));
            }
        }

        if (_column >= 0 && _mods.Contains("zipf"))
            rows = [.. rows.Where(r => draws.Next() < volumes[r.Source])];
        rows = Thin(rows, (r, _) => odds[r.Source], draws);
        if (_mods.Contains("rare"))
        {
            const double Rare = 0.02;
            var keep = Rare / (1 - Rare) * rows.Count(r => !r.Positive) / rows.Count(r => r.Positive);
            rows = [.. rows.Where(r => !r.Positive || draws.Next() < keep)];
        }

        rows = Thin(rows, (_, share) => Course(share), draws);
        return _mods.Contains("late") ? Late(rows, sources, draws) : rows;
    }

    private double SourceOdds(Draws draws) =>
        _mods.Contains("skew3") ? Math.Exp(((2 * draws.Next()) - 1) * Math.Log(3)) : _mods.Contains("skew") ? 0.5 + draws.Next() : 1;

    /// <summary>Factor on everybody's odds at a share of the stream.</summary>
    private double Course(double share) =>
        _mods.Contains("drift") ? Math.Exp(Math.Log(3) * (0.5 - share))
        : _mods.Contains("jump") ? (share < 0.5 ? 1.4 : 0.7)
        : _mods.Contains("wave") ? Math.Exp(0.5 * Math.Sin(share * 4 * Math.PI))
        : 1;

    /// <summary>Changes odds by leaving out positives (factor below 1) or negatives (above 1).</summary>
    private static List<StreamRow> Thin(List<StreamRow> rows, Func<StreamRow, double, double> factor, Draws draws)
    {
        var kept = new List<StreamRow>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var k = factor(rows[i], (double)i / rows.Count);
            var keep = k < 1 && rows[i].Positive ? k : k > 1 && !rows[i].Positive ? 1 / k : 1;
            if (keep == 1 || draws.Next() < keep)
                kept.Add(rows[i]);
        }

        return kept;
    }

    /// <summary>The last source arrives at 60 % of the stream: until then its rows come from the others, or, split by a column, not at all.</summary>
    private List<StreamRow> Late(List<StreamRow> rows, int sources, Draws draws)
    {
        const double Arrival = 0.6;
        var kept = new List<StreamRow>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Source != sources - 1 || sources == 1 || i >= Arrival * rows.Count)
                kept.Add(rows[i]);
            else if (_column < 0)
                kept.Add(rows[i] with { Source = draws.Below(sources - 1) });
        }

        return kept;
    }

    /// <summary>A source for each row by its column: numbers by quantile, values dealt out largest first to the emptiest source.</summary>
    private int[] Groups(LabelTable table, int sources)
    {
        var all = Enumerable.Range(0, table.Count);
        if (table.Numeric[_column])
        {
            double[] sorted = [.. all.Select(r => table.Number(r, _column)).Order()];
            double[] cuts = [.. Enumerable.Range(1, sources - 1).Select(i => sorted[sorted.Length * i / sources])];
            return [.. all.Select(r => cuts.Count(c => c <= table.Number(r, _column)))];
        }

        var load = new int[sources];
        var source = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in all.GroupBy(r => table[r, _column]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            var emptiest = Array.IndexOf(load, load.Min());
            source.Add(value.Key, emptiest);
            load[emptiest] += value.Count();
        }

        return [.. all.Select(r => source[table[r, _column]])];
    }
}

/// <summary>One record of a stream.</summary>
/// <param name="Row">Row of the table.</param>
/// <param name="Positive">The label as its source sends it.</param>
/// <param name="Flipped">The attacker turned the label.</param>
public readonly record struct StreamRow(int Row, int Source, bool Positive, bool Flipped = false);
