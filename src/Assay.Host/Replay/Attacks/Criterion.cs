namespace Assay.Host.Replay.Attacks;

/// <summary>One condition that rows must meet, and what the stream holds instead.</summary>
/// <param name="what">For messages: <c>the label</c>, <c>column 'age'</c>.</param>
/// <param name="read">The row's value; null where it has none.</param>
/// <param name="wanted">The value it must have; null where any will do.</param>
internal sealed class Criterion(string what, Func<DealtRow, string?> read, string? wanted)
{
    private const int MaxValues = 10_000;
    private const int Shown = 5;

    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    public long Met { get; private set; }

    public bool Meets(in DealtRow row)
    {
        var value = read(row);
        if (value is null)
            return false;
        if (wanted is not null)
        {
            if (_seen.TryGetValue(value, out var count) || _seen.Count < MaxValues)
                _seen[value] = count + 1;
            if (!string.Equals(value, wanted, StringComparison.Ordinal))
                return false;
        }

        Met++;
        return true;
    }

    /// <summary>What was looked for, and the commonest values there are.</summary>
    public string Unmet()
    {
        if (wanted is null)
            return $"no record has {what}";
        if (_seen.Count == 0)
            return $"no record has {what}, so none is '{wanted}'";
        var top = _seen.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Shown);
        return $"{what} is nowhere '{wanted}'. It is {string.Join(", ", top.Select(pair => $"'{pair.Key}' ({pair.Value})"))}{(_seen.Count > Shown ? ", …" : "")}";
    }

    public override string ToString() => wanted is null ? what : $"{what} '{wanted}'";
}
