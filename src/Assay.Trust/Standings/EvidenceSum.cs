using Assay.Contracts.Evidence;
using Assay.Contracts.State;

namespace Assay.Trust.Standings;

/// <summary>
/// ΣM of one identity over its shards, each by its latest report. Unweighted, so that the bound of one shard holds for the sum, and poison
/// that is spread thinly adds up (DETECTION §3).
/// </summary>
public sealed class EvidenceSum
{
    private readonly SortedDictionary<string, ShardReport> _latest = new(StringComparer.Ordinal);

    /// <summary>Latest reports, by shard.</summary>
    public IReadOnlyCollection<ShardReport> Reports => _latest.Values;

    /// <summary>ΣM, over the reports since the last reset.</summary>
    public double Mass { get; private set; }

    public long MonitoredRecords { get; private set; }

    /// <summary>Evidence seen under an older epoch than this is void.</summary>
    public long ResetEpoch { get; private set; }

    /// <summary>The report whose shard says most; null without reports.</summary>
    public ShardReport? Heaviest { get; private set; }

    /// <summary>The latest report of a shard; null before its first.</summary>
    public ShardReport? Find(string shard) => _latest.GetValueOrDefault(shard);

    /// <summary>False where a report of the same shard with as high a sequence is already in.</summary>
    public bool IsNew(ShardReport report) => !_latest.TryGetValue(report.Shard, out var known) || known.Sequence < report.Sequence;

    /// <returns>False where the report is not new.</returns>
    public bool Apply(ShardReport report)
    {
        if (!(report.Mass >= 0) || !double.IsFinite(report.Mass))
            throw new ArgumentOutOfRangeException(nameof(report), report.Mass, "The mass of a report is 0 or more and finite.");
        if (!IsNew(report))
            return false;
        _latest[report.Shard] = report;
        Refresh();
        return true;
    }

    /// <summary>Voids all evidence that the shards gathered before they apply the standing of this epoch.</summary>
    public void Reset(long epoch)
    {
        ResetEpoch = epoch;
        Refresh();
    }

    /// <summary>Forgets every report: the shards tell again.</summary>
    internal void Clear(long resetEpoch)
    {
        _latest.Clear();
        Reset(resetEpoch);
    }

    /// <summary>M of a report as it counts now.</summary>
    public double Counted(ShardReport report) => report.SeenEpoch >= ResetEpoch ? report.Mass : 0;

    internal void Write(StateWriter writer)
    {
        writer.Int64(ResetEpoch);
        writer.Varint((ulong)_latest.Count);
        foreach (var report in _latest.Values)
            ShardReportState.Write(writer, report);
    }

    internal void Read(ref StateReader reader)
    {
        _latest.Clear();
        ResetEpoch = reader.Int64();
        var count = reader.Length(20);
        for (var i = 0; i < count; i++)
        {
            var report = ShardReportState.Read(ref reader);
            _latest[report.Shard] = report;
        }

        Refresh();
    }

    private void Refresh()
    {
        Mass = 0;
        MonitoredRecords = 0;
        Heaviest = null;
        foreach (var report in _latest.Values)
        {
            Mass += Counted(report);
            MonitoredRecords += report.MonitoredRecords;
            if (Heaviest is null || Counted(report) > Counted(Heaviest))
                Heaviest = report;
        }
    }
}
