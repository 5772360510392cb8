using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Trust;

namespace Assay.Trust.Standings;

/// <summary>
/// How far a quarantine has been recalled, shard by shard. A shard goes on admitting until it has applied the decision, and tells of it in its next
/// reports: what it admitted beyond the recall is recalled in addition, until it reports under the epoch of the quarantine.
/// </summary>
public sealed class RecallProgress(StandingKey key) : IStateSection
{
    private readonly SortedDictionary<string, Reach> _shards = new(StringComparer.Ordinal);
    private long _epoch;
    private double _mass;

    public int StateVersion => 1;

    /// <summary>Builds the recall of a quarantine and follows it from there.</summary>
    /// <inheritdoc cref="RecallBuilder.Since"/>
    public Recall? Begin(EvidenceSum evidence, long epoch)
    {
        End();
        (_epoch, _mass) = (epoch, evidence.Mass);
        foreach (var report in RecallBuilder.Shards(evidence))
            _shards[report.Shard] = new Reach(report.Onset!.Value.Offset, report.At.Offset, report.AdmittedSinceOnset, false);
        return RecallBuilder.Since(key, evidence, epoch);
    }

    /// <summary>The quarantine is over, or has been taken back: nothing more is recalled.</summary>
    public void End()
    {
        _shards.Clear();
        (_epoch, _mass) = (0, 0);
    }

    /// <summary>Takes in what shards report after the quarantine.</summary>
    /// <returns>What they admitted beyond what has been recalled; null for nothing.</returns>
    public Recall? Follow(params ReadOnlySpan<ShardReport> reports)
    {
        if (_epoch == 0)
            return null;
        var gaps = new List<Gap>();
        foreach (var report in reports)
        {
            if (report.SeenEpoch >= _epoch && report.Before is { } before && before.SeenEpoch < _epoch && Advance(before) is { } last)
                gaps.Add(last);
            if (Advance(report) is { } gap)
                gaps.Add(gap);
        }

        if (gaps.Count == 0)
            return null;
        var widest = gaps.MaxBy(g => g.Records)!;
        return new Recall
        {
            Identity = key.Identity,
            Source = key.Source,
            Epoch = _epoch,
            From = widest.From,
            To = widest.To,
            Records = gaps.Sum(g => g.Records),
            Ranges = [.. gaps.Select(g => g.Range)],
        };
    }

    public void Write(StateWriter writer)
    {
        writer.Int64(_epoch);
        writer.Double(_mass);
        writer.Varint((ulong)_shards.Count);
        foreach (var (shard, reach) in _shards)
        {
            writer.String(shard);
            writer.Int64(reach.Onset);
            writer.Int64(reach.To);
            writer.Int64(reach.Admitted);
            writer.Bool(reach.Done);
        }
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"recall of version {version}; this program reads version 1");
        (_epoch, _mass) = (reader.Int64(), reader.Double());
        _shards.Clear();
        for (var n = reader.Length(5); n > 0; n--)
            _shards[reader.String()] = new Reach(reader.Int64(), reader.Int64(), reader.Int64(), reader.Bool());
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", _epoch);
        json.WriteNumber("shards", _shards.Count);
        json.WriteNumber("shards_open", _shards.Values.Count(s => !s.Done));
        json.WriteEndObject();
    }

    private Gap? Advance(ShardReport report)
    {
        var done = report.SeenEpoch >= _epoch;
        if (!_shards.TryGetValue(report.Shard, out var reach))
            return done ? null : Late(report);
        if (reach.Done || report.At.Offset < reach.To)
            return null;
        var records = Beyond(report, reach);
        _shards[report.Shard] = report.Onset is { } onset
            ? new Reach(onset.Offset, report.At.Offset, report.AdmittedSinceOnset, done)
            : reach with { To = report.At.Offset, Done = done };
        if (records == 0)
            return null;
        var at = report.At;
        var first = new RecordPlace(FormattableString.Invariant($"{at.Topic}/{at.Partition}/{reach.To + 1}"), at.Topic, at.Partition, reach.To + 1);
        return new Gap(first, at, records);
    }

    /// <summary>A shard that had not told of its evidence when the others decided.</summary>
    private Gap? Late(ShardReport report)
    {
        if (report.Onset is not { } onset || report.AdmittedSinceOnset == 0 || report.Mass < RecallBuilder.MinShare * _mass)
            return null;
        _shards[report.Shard] = new Reach(onset.Offset, report.At.Offset, report.AdmittedSinceOnset, false);
        return new Gap(onset, report.At, report.AdmittedSinceOnset);
    }

    /// <summary>Records admitted beyond what was recalled; where the onset has moved meanwhile, at most so many.</summary>
    private static long Beyond(ShardReport report, Reach reach) =>
        report.Onset is not { } onset ? 0
        : onset.Offset == reach.Onset ? Math.Max(0, report.AdmittedSinceOnset - reach.Admitted)
        : Math.Min(report.AdmittedSinceOnset, report.At.Offset - reach.To);

    /// <param name="Onset">As last reported.</param>
    /// <param name="To">Last offset that has been looked at.</param>
    /// <param name="Admitted">Records admitted from the onset to there.</param>
    /// <param name="Done">The shard has applied the quarantine.</param>
    private readonly record struct Reach(long Onset, long To, long Admitted, bool Done);

    private sealed record Gap(RecordPlace First, RecordPlace Last, long Records)
    {
        public string From => First.Id;

        public string To => Last.Id;

        public RecallRange Range => new(Last.Topic, Last.Partition, First.Offset, Last.Offset);
    }
}
