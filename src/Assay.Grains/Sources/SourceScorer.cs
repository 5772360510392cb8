using Assay.Contracts.Evidence;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Contracts.State;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Detection;
using Assay.Detection.Statistics;
using Assay.Trust.Records;

namespace Assay.Grains.Sources;

/// <summary>
/// Everything that one shard knows and does, without Orleans: read → detectors → policy → verdict → learn. Deterministic: the same
/// records from the same state give the same verdicts and the same bytes.
/// </summary>
public sealed class SourceScorer
{
    private readonly SourceId _id;
    private readonly IRecordReader _reader;
    private readonly DatasetPolicies _policies;
    private readonly IDetector[] _detectors;
    private readonly string[] _detectorIds;
    private readonly Finding[] _findings;
    private readonly RecordPolicy _policy;
    private readonly IdentityRecords _identities;
    private readonly ShardEvidence _evidence;
    private readonly ShardCohort _cohort;
    private readonly double _learnBelow;
    private readonly SourceStatistics _statistics;
    private readonly Record _record = new();

    internal SourceScorer(
        SourceId id, IRecordReader reader, DatasetPolicies policies, ShardTrust trust, DetectorSet set, RecordPolicy policy, IdentityRecords identities)
    {
        (_id, _reader, _policies, _policy, _identities) = (id, reader, policies, policy, identities);
        _detectors = set.Create();
        _detectorIds = Array.ConvertAll(_detectors, d => d.Id);
        _findings = Array.ConvertAll(_detectors, _ => new Finding());
        _statistics = new SourceStatistics();
        _evidence = new ShardEvidence(id, trust, _detectors, identities);
        _cohort = new ShardCohort(id, trust.Views, set, _detectors);
        _learnBelow = trust.Standing.CleanRecordsPerFalseQuarantine * trust.Standing.WatchShare;
        Sections = SourceSections.List(_detectors, policy, identities, _statistics, _evidence, _cohort);
        _cohort.Attach();
    }

    /// <summary>The last offset applied; −1 for a new shard.</summary>
    public long LastOffset { get; private set; } = -1;

    internal IReadOnlyList<KeyValuePair<string, IStateSection>> Sections { get; }

    /// <summary>Somebody should hear of a writer at once (<see cref="News"/>).</summary>
    public bool Urgent => _evidence.Urgent;

    /// <summary>Records judged since the last contribution to the cohort.</summary>
    public long SinceContribution { get; private set; }

    /// <summary>Goes over to the latest cohort view; what is applied until the next call is scored with one version.</summary>
    public void Refresh() => _cohort.Refresh();

    /// <summary>Judges one record and learns from it.</summary>
    /// <param name="settled">The verdict that already stands for the offset, or <see cref="VerdictKind.None"/>: it is kept, in what is answered and in what is learned.</param>
    /// <exception cref="ArgumentException">The offset does not lie above <see cref="LastOffset"/>.</exception>
    public Verdict Apply(in InputRecord input, VerdictKind settled)
    {
        if (input.Offset <= LastOffset)
            throw new ArgumentException($"Offset {input.Offset} of {_id} was applied before (last {LastOffset}).", nameof(input));
        LastOffset = input.Offset;
        _record.Clear();
        try
        {
            return _reader.TryRead(input, _record, out var failure) ? Judge(settled) : DeadLetter(input, failure);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A record that always fails must not stop the partition: it is given up as such, with what happened.
            return DeadLetter(input, new ReadFailure(ReadFailure.Stages.Score, e.GetType().Name, $"scoring failed: {e.Message}"));
        }
    }

    /// <summary>What is to be told as of the last record.</summary>
    /// <param name="contribute">With what the cohort does not know yet.</param>
    public ShardNews News(bool contribute)
    {
        var reports = _evidence.Reports(_cohort.Dataset);
        if (!contribute)
            return reports.Length == 0 ? ShardNews.None : new ShardNews { Reports = reports };
        SinceContribution = 0;
        var contribution = _cohort.Contribute(LastOffset);
        return reports.Length == 0 && contribution is null ? ShardNews.None : new ShardNews { Reports = reports, Contribution = contribution };
    }

    public byte[] Save() => SourceStateFormat.Write(_id, LastOffset, Sections);

    /// <exception cref="StateFormatException">Not a state of this shard in a known version.</exception>
    public void Load(ReadOnlySpan<byte> state)
    {
        LastOffset = SourceStateFormat.Read(state, _id, Sections);
        _cohort.Attach();
        _evidence.Restored();
    }

    private Verdict Judge(VerdictKind settled)
    {
        SinceContribution++;
        if (_cohort.Dataset.Length == 0)
            _cohort.Join(_record.Dataset);
        var writer = _identities.Touch(_record.Identity, _record.Offset);
        var governing = _evidence.Governing(writer, _record.Dataset);
        for (var i = 0; i < _detectors.Length; i++)
        {
            _findings[i].Clear();
            _detectors[i].Score(_record, _findings[i]);
        }

        var own = _policy.Judge(_findings);
        var monitored = writer.Monitored;
        var mass = _evidence.Observe(writer, _record, _findings);
        if (writer.Monitored > monitored)
            _cohort.Count(writer.Identity, monitored == 0);
        var standing = StandingJudgement.Of(writer, governing, _cohort.Reading.Contested, _policies, _record.Dataset, _id.Partition, _record.Offset);
        var judged = standing.With(own);
        var kind = settled == VerdictKind.None ? judged : settled;
        var verdict = new Verdict
        {
            Offset = _record.Offset,
            Kind = kind,
            RecordId = _record.Id,
            Identity = _record.Identity,
            Dataset = _record.Dataset,
            Mode = _policies.Mode(_record.Dataset),
            Score = own.Score,
            Detectors = _detectorIds,
            Scores = Scores(),
            Reasons = kind == VerdictKind.Admit && judged == VerdictKind.Admit ? [] : Reasons(own, standing.Reason),
            View = _cohort.Reading.Version,
        };
        if (standing.Verdict == VerdictKind.Admit)
            _policy.Observe(kind, own.Score);
        Learn(writer, kind, own.Score, mass < _learnBelow && (governing is null || governing.Standing <= Standing.Trusted));
        return verdict;
    }

    private void Learn(IdentityRecord writer, VerdictKind kind, double score, bool inGoodStanding)
    {
        foreach (var detector in _detectors)
            detector.Observe(_record);
        if (kind == VerdictKind.Admit && inGoodStanding)
        {
            foreach (var detector in _detectors)
                detector.Learn(_record);
        }

        writer.Count(kind, _record.Offset);
        writer.LastId = _record.Id;
        _statistics.Observe(_record, kind, score);
    }

    private double[] Scores()
    {
        var scores = new double[_findings.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = _findings[i].Score;
        return scores;
    }

    /// <summary>The writer's standing first, then certain signs; for a statistical hold the detectors that reach half the record's score, worst first.</summary>
    private string[] Reasons(RecordJudgement judgement, string? standing)
    {
        var reasons = new List<(double Weight, string Sentence)>();
        for (var i = 0; i < _detectors.Length; i++)
        {
            var finding = _findings[i];
            var certain = finding.Rule is not null;
            if ((!certain && (judgement.ByRule || finding.Score < judgement.Score / 2)) || _detectors[i].Explain(_record, finding) is not { } sentence)
                continue;
            reasons.Add((certain ? double.MaxValue : finding.Score, $"{finding.Rule ?? _detectorIds[i]}: {sentence}"));
        }

        var own = judgement.Verdict == VerdictKind.Admit ? [] : reasons.OrderByDescending(r => r.Weight).Select(r => r.Sentence);
        return standing is null ? [.. own] : [standing, .. own];
    }

    private Verdict DeadLetter(in InputRecord input, ReadFailure failure)
    {
        _statistics.ObserveUnreadable(input.AppendTimeMs);
        return new Verdict
        {
            Offset = input.Offset,
            Kind = VerdictKind.DeadLetter,
            RecordId = _record.Id.Length > 0 ? _record.Id : $"{_id.Topic}/{_id.Partition}/{input.Offset}",
            Identity = _record.Identity,
            Dataset = _record.Dataset,
            Mode = _policies.Mode(_record.Dataset),
            Failure = failure,
        };
    }
}
