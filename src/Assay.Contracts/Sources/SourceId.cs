using System.Globalization;

namespace Assay.Contracts.Sources;

/// <summary>
/// The key of a source grain: one shard of one source. The source stands last, since it may hold any character;
/// Kafka's topic names hold no slash.
/// </summary>
public readonly record struct SourceId(string Topic, int Partition, string Source)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Topic}/{Partition}/{Source}");

    /// <exception cref="FormatException">Not of the form <c>topic/partition/source</c>.</exception>
    public static SourceId Parse(string key)
    {
        var first = key.IndexOf('/', StringComparison.Ordinal);
        var second = first < 0 ? -1 : key.IndexOf('/', first + 1);
        if (second < 0 || !int.TryParse(key.AsSpan(first + 1, second - first - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partition))
            throw new FormatException($"'{key}' is no source id: expected topic/partition/source.");
        return new SourceId(key[..first], partition, key[(second + 1)..]);
    }
}
