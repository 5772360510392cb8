namespace Assay.Evaluation.Labels;

/// <summary>From an onset on, one source turns positives of one slice into negatives at a rate.</summary>
/// <param name="Rate">Share of the slice's positives that are turned, above 0 to 1.</param>
/// <param name="Onset">Share of the stream before it.</param>
public sealed record FlipAttack(string Column, string Value, double Rate, double Onset = 0.5)
{
    private const int MinFlips = 10;

    public string Subject => $"{Column}={Value}";

    /// <summary>Picks an attacker among the sources with enough to flip and turns its labels.</summary>
    /// <returns>The attacker, −1 where no source has ten records to flip.</returns>
    public int Apply(LabelTable table, List<StreamRow> rows, int sources, Draws draws)
    {
        var column = table.Column(Column);
        var start = (int)(rows.Count * Onset);
        var available = new int[sources];
        for (var i = start; i < rows.Count; i++)
        {
            if (rows[i].Positive && table[rows[i].Row, column] == Value)
                available[rows[i].Source]++;
        }

        int[] able = [.. Enumerable.Range(0, sources).Where(s => available[s] * Rate >= MinFlips)];
        if (able.Length == 0)
            return -1;
        var attacker = able[draws.Below(able.Length)];
        for (var i = start; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.Source == attacker && row.Positive && table[row.Row, column] == Value && draws.Next() < Rate)
                rows[i] = row with { Positive = false, Flipped = true };
        }

        return attacker;
    }
}
