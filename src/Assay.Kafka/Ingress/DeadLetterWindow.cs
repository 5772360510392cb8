namespace Assay.Kafka.Ingress;

/// <summary>Counts dead letters among a topic's newest results, by the rule that they broke. Pure; one thread at a time.</summary>
/// <param name="size">Results looked back upon, 1 or more.</param>
/// <param name="share">Share of dead letters from which it is a burst, 0 = never.</param>
internal sealed class DeadLetterWindow(int size, double share)
{
    private readonly string?[] _rules = new string?[size];
    private readonly Dictionary<string, (int Count, string Reason)> _counts = new(StringComparer.Ordinal);
    private long _seen;
    private int _dead;

    /// <summary>True when the window is full and dead letters have their share of it.</summary>
    public bool Burst => share > 0 && _seen >= size && _dead >= share * size;

    public int Dead => _dead;

    public int Size => size;

    /// <param name="rule">The rule that a dead letter broke; null for a record that could be read.</param>
    /// <param name="reason">The sentence of the dead letter.</param>
    public void Add(string? rule, string? reason = null)
    {
        var slot = (int)(_seen++ % size);
        if (_rules[slot] is { } old)
        {
            _dead--;
            var (count, example) = _counts[old];
            if (count == 1)
                _counts.Remove(old);
            else
                _counts[old] = (count - 1, example);
        }

        _rules[slot] = rule;
        if (rule is null)
            return;
        _dead++;
        _counts[rule] = (_counts.TryGetValue(rule, out var entry) ? entry.Count + 1 : 1, reason ?? "");
    }

    /// <summary>The rule broken most often, how often, and the newest sentence about it.</summary>
    public (string Rule, int Count, string Reason) Worst()
    {
        var worst = (Rule: "", Count: 0, Reason: "");
        foreach (var (rule, (count, reason)) in _counts)
        {
            if (count > worst.Count || (count == worst.Count && string.CompareOrdinal(rule, worst.Rule) < 0))
                worst = (rule, count, reason);
        }

        return worst;
    }
}
