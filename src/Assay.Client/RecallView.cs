using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Client;

/// <summary>The recalls seen so far: tells of a record that was consumed whether it has been taken back. Not safe for several threads.</summary>
public sealed class RecallView
{
    private readonly Dictionary<StandingKey, HashSet<RecallRange>> _ranges = [];

    /// <summary>Notes a recall; repeats change nothing.</summary>
    public void Apply(Recall recall)
    {
        if (!_ranges.TryGetValue(recall.Key, out var ranges))
            _ranges[recall.Key] = ranges = [];
        ranges.UnionWith(recall.Ranges);
    }

    /// <summary>Whether the record at a position of an input topic, written by that identity through that source, has been recalled.</summary>
    public bool IsRecalled(string identity, string source, string topic, int partition, long offset) =>
        Covers(new StandingKey(identity), topic, partition, offset) || Covers(new StandingKey(identity, source), topic, partition, offset);

    /// <inheritdoc cref="IsRecalled(string, string, string, int, long)"/>
    public bool IsRecalled(VerdictMessage verdict) =>
        IsRecalled(verdict.Identity, verdict.Source, verdict.Topic, verdict.Partition, verdict.Offset);

    private bool Covers(StandingKey key, string topic, int partition, long offset) =>
        _ranges.TryGetValue(key, out var ranges) && ranges.Any(r => r.Contains(topic, partition, offset));
}
