namespace Assay.Host.Replay.Attacks;

/// <summary>One <c>--attack</c>, read and checked but for what only the data can tell.</summary>
/// <param name="Kind">One of <see cref="AttackKind.All"/>.</param>
/// <param name="Keys">What the kind asks for, by key.</param>
public sealed record AttackSpec(string Kind, IReadOnlyDictionary<string, string> Keys)
{
    /// <summary>As written, for messages.</summary>
    public required string Written { get; init; }

    public string? Source { get; init; }

    public string? Identity { get; init; }

    /// <summary>Share of the stream at which the attack starts, 0 to 1.</summary>
    public double Start { get; init; } = 0.5;

    /// <summary>Share of the stream at which it ends, above <see cref="Start"/>, at most 1.</summary>
    public double End { get; init; } = 1;

    /// <summary>Share of the eligible records, above 0, at most 1; null with <see cref="Count"/>.</summary>
    public double? Rate { get; init; }

    /// <summary>
    /// Exact number of records, 1 or more; null with <see cref="Rate"/>, or with neither, when every eligible record is attacked.
    /// </summary>
    public long? Count { get; init; }

    /// <summary>Null takes the replay's seed.</summary>
    public long? Seed { get; init; }

    public string this[string key] => Keys[key];

    /// <exception cref="Assay.Mapping.Files.InputException">Not an attack; the message says which part, and shows an example.</exception>
    public static AttackSpec Parse(string text) => AttackSpecParser.Parse(text);
}
