using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;

namespace Assay.Host.Replay.Outcomes;

/// <summary>What the shards last reported of each identity, and the most evidence that there ever was against it, over its shards.</summary>
internal sealed class EvidencePeaks
{
    private readonly Dictionary<StandingKey, SortedDictionary<string, ShardReport>> _latest = [];
    private readonly Dictionary<string, double> _peaks = new(StringComparer.Ordinal);
    private readonly Dictionary<StandingKey, long> _resets = [];

    /// <summary>True once anything was reported of anybody: somebody is compared with peers.</summary>
    public bool Any => _latest.Count > 0;

    public void Note(StandingKey key, IReadOnlyList<ShardReport> reports)
    {
        if (!_latest.TryGetValue(key, out var shards))
            _latest[key] = shards = new SortedDictionary<string, ShardReport>(StringComparer.Ordinal);
        foreach (var report in reports)
            shards[report.Shard] = report;
        var since = _resets.GetValueOrDefault(key);
        var mass = shards.Values.Where(r => r.SeenEpoch >= since).Sum(r => r.Mass);
        _peaks[key.Identity] = Math.Max(mass, _peaks.GetValueOrDefault(key.Identity));
    }

    /// <summary>Evidence from before the decision's <see cref="Decision.EvidenceEpoch"/> counts no more.</summary>
    public void Note(Decision decision) => _resets[decision.Key] = decision.EvidenceEpoch;

    /// <summary>The highest M that an identity has come to; 0 where nothing was reported.</summary>
    public double Peak(string identity) => _peaks.GetValueOrDefault(identity);

    /// <summary>Where the record stands that a report calls by this id; null where none of the latest does.</summary>
    public RecordPlace? Locate(StandingKey key, string? id)
    {
        if (id is null || !_latest.TryGetValue(key, out var shards))
            return null;
        foreach (var report in shards.Values)
        {
            if (report.At.Id == id)
                return report.At;
            if (report.Onset is { } onset && onset.Id == id)
                return onset;
        }

        return null;
    }
}
