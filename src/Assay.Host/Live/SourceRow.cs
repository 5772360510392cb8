using Assay.Contracts.Verdicts;

namespace Assay.Host.Live;

/// <summary>Running figures of one source; guarded by the board's lock.</summary>
internal sealed class SourceRow(string topic, string source)
{
    private readonly RateMeter _rate = new();
    private readonly long[] _counts = new long[(int)VerdictKind.DeadLetter + 1];
    private VerdictKind _last;
    private double _maxScore;

    public void Add(IReadOnlyList<Verdict> verdicts, TimeSpan now)
    {
        for (var i = 0; i < verdicts.Count; i++)
        {
            var verdict = verdicts[i];
            _counts[(int)verdict.Kind]++;
            _last = verdict.Kind;
            if (verdict.Score > _maxScore)
                _maxScore = verdict.Score;
        }

        _rate.Add(verdicts.Count, now);
    }

    public SourceFlow Read(TimeSpan now) => new(topic, source, Counts, _rate.PerSecond(now), _last, _maxScore);

    private VerdictCounts Counts => new(
        _counts[(int)VerdictKind.Admit], _counts[(int)VerdictKind.Hold], _counts[(int)VerdictKind.Reject], _counts[(int)VerdictKind.DeadLetter]);
}
