using Assay.Contracts.Evidence;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Contracts.State;
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
    private readonly DatasetModes _modes;
    private readonly IDetector[] _detectors;
    private readonly string[] _detectorIds;
    private readonly Finding[] _findings;
    private readonly RecordPolicy _policy;
    private readonly IdentityRecords _identities;
    private readonly SourceStatistics _statistics;
    private readonly Record _record = new();

    internal SourceScorer(
        SourceId id, IRecordReader reader, DatasetModes modes, IDetector[] detectors, RecordPolicy policy, IdentityRecords identities, SourceStatistics statistics)
    {
        (_id, _reader, _modes, _detectors, _policy, _identities, _statistics) = (id, reader, modes, detectors, policy, identities, statistics);
        _detectorIds = Array.ConvertAll(detectors, d => d.Id);
        _findings = Array.ConvertAll(detectors, _ => new Finding());
        Sections = SourceSections.List(detectors, policy, identities, statistics);
    }

    /// <summary>The last offset applied; −1 for a new shard.</summary>
    public long LastOffset { get; private set; } = -1;

    internal IReadOnlyList<KeyValuePair<string, IStateSection>> Sections { get; }

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

    /// <inheritdoc cref="ISourceGrain.News"/>
    public ShardNews News() => LastOffset < 0 ? ShardNews.None : new ShardNews();

    public byte[] Save() => SourceStateFormat.Write(_id, LastOffset, Sections);

    /// <exception cref="StateFormatException">Not a state of this shard in a known version.</exception>
    public void Load(ReadOnlySpan<byte> state) => LastOffset = SourceStateFormat.Read(state, _id, Sections);

    private Verdict Judge(VerdictKind settled)
    {
        for (var i = 0; i < _detectors.Length; i++)
        {
            _findings[i].Clear();
            _detectors[i].Score(_record, _findings[i]);
        }

        var judgement = _policy.Judge(_findings);
        var kind = settled == VerdictKind.None ? judgement.Verdict : settled;
        var verdict = new Verdict
        {
            Offset = _record.Offset,
            Kind = kind,
            RecordId = _record.Id,
            Identity = _record.Identity,
            Dataset = _record.Dataset,
            Mode = _modes.Of(_record.Dataset),
            Score = judgement.Score,
            Detectors = _detectorIds,
            Scores = Scores(),
            Reasons = kind == VerdictKind.Admit && judgement.Verdict == VerdictKind.Admit ? [] : Reasons(judgement),
        };
        Learn(kind, judgement.Score);
        return verdict;
    }

    private void Learn(VerdictKind kind, double score)
    {
        foreach (var detector in _detectors)
            detector.Observe(_record);
        if (kind == VerdictKind.Admit)
        {
            foreach (var detector in _detectors)
                detector.Learn(_record);
        }

        _policy.Observe(kind, score);
        _identities.Observe(_record.Identity, kind, _record.Offset);
        _statistics.Observe(_record, kind, score);
    }

    private double[] Scores()
    {
        var scores = new double[_findings.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = _findings[i].Score;
        return scores;
    }

    /// <summary>Certain signs first; for a statistical hold the detectors that reach half the record's score, worst first.</summary>
    private string[] Reasons(RecordJudgement judgement)
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

        return [.. reasons.OrderByDescending(r => r.Weight).Select(r => r.Sentence)];
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
            Mode = _modes.Of(_record.Dataset),
            Failure = failure,
        };
    }
}
