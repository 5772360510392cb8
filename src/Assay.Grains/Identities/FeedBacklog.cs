using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;

namespace Assay.Grains.Identities;

/// <summary>
/// What waits to be told: of each identity and shard the latest report, of each shard the latest contribution, and the identities to be contested. An
/// identity whose reports are under way is not handed out again before they are back. Bounded as <see cref="TrustFeedOptions"/> says; not safe for
/// several threads.
/// </summary>
internal sealed class FeedBacklog(TrustFeedOptions options)
{
    private readonly Dictionary<StandingKey, Dictionary<string, ShardReport>> _reports = [];
    private readonly LinkedList<StandingKey> _urgent = new();
    private readonly LinkedList<StandingKey> _usual = new();
    private readonly Dictionary<StandingKey, LinkedListNode<StandingKey>> _places = [];
    private readonly Dictionary<string, CohortContribution> _contributions = new(StringComparer.Ordinal);
    private readonly Queue<string> _shards = new();
    private readonly Queue<StandingKey> _contest = new();
    private readonly HashSet<StandingKey> _toContest = [];
    private readonly HashSet<StandingKey> _underWay = [];
    private readonly HashSet<StandingKey> _noted = [];
    private readonly HashSet<string> _contributing = new(StringComparer.Ordinal);
    private int _reportCount;
    private long _bytes;

    /// <summary>Nothing waits; something may be under way.</summary>
    public bool IsEmpty => _reportCount == 0 && _contributions.Count == 0 && _contest.Count == 0;

    /// <summary>Reports and contributions dropped at a bound.</summary>
    public long Dropped { get; private set; }

    public void Add(ShardReport report)
    {
        if (_reports.TryGetValue(report.Key, out var shards) && shards.TryGetValue(report.Shard, out var known))
        {
            if (known.Sequence > report.Sequence)
                return;
        }
        else
        {
            if (_reportCount >= options.MaxReports && !MakeRoom(report))
            {
                Dropped++;
                return;
            }

            if (shards is null)
            {
                _reports.Add(report.Key, shards = new Dictionary<string, ShardReport>(StringComparer.Ordinal));
                _places.Add(report.Key, _usual.AddLast(report.Key));
            }

            _reportCount++;
        }

        shards[report.Shard] = report;
        if (Urgent(report) && _places[report.Key] is { } place && place.List == _usual)
        {
            _usual.Remove(place);
            _urgent.AddLast(place);
        }
    }

    public void Add(CohortContribution contribution)
    {
        if (_contributions.TryGetValue(contribution.Shard, out var known))
        {
            if (known.Sequence > contribution.Sequence)
                return;
            _bytes -= Size(known);
        }
        else if (_bytes + Size(contribution) > options.MaxContributionBytes)
        {
            Dropped++;
            return;
        }
        else
        {
            _shards.Enqueue(contribution.Shard);
        }

        _contributions[contribution.Shard] = contribution;
        _bytes += Size(contribution);
    }

    public void AddContest(StandingKey key)
    {
        if (_toContest.Add(key))
            _contest.Enqueue(key);
    }

    /// <summary>
    /// Every waiting report of the most urgent identity that has none under way. Where they are urgent they are handed out to be noted first, and again
    /// behind whatever else is urgent: so the suspects of a cohort are known before the first of them is accused.
    /// </summary>
    public Telling? TakeReports()
    {
        foreach (var queue in (ReadOnlySpan<LinkedList<StandingKey>>)[_urgent, _usual])
        {
            for (var node = queue.First; node is not null; node = node.Next)
            {
                if (!_underWay.Add(node.Value))
                    continue;
                var key = node.Value;
                ShardReport[] taken = [.. _reports[key].Values.OrderBy(r => r.Shard, StringComparer.Ordinal)];
                var noteOnly = queue == _urgent && !_noted.Contains(key);
                Forget(key);
                return new Telling(taken, noteOnly);
            }
        }

        return null;
    }

    public CohortContribution? TakeContribution()
    {
        for (var n = _shards.Count; n > 0; n--)
        {
            var shard = _shards.Dequeue();
            if (_contributing.Add(shard))
            {
                _contributions.Remove(shard, out var contribution);
                _bytes -= Size(contribution!);
                return contribution;
            }

            _shards.Enqueue(shard);
        }

        return null;
    }

    public StandingKey? TakeContest()
    {
        if (!_contest.TryDequeue(out var key))
            return null;
        _toContest.Remove(key);
        return key;
    }

    /// <summary>The call with the reports has ended, and left the identity to be told again where it failed or only noted them.</summary>
    public void Returned(Telling telling, bool failed)
    {
        var key = telling.Reports[0].Key;
        _underWay.Remove(key);
        if (!failed && !telling.NoteOnly)
            return;
        foreach (var report in telling.Reports)
        {
            if (!_reports.TryGetValue(report.Key, out var newer) || !newer.ContainsKey(report.Shard))
                Add(report);
        }

        var toNote = failed && telling.NoteOnly;
        if (!toNote && _reports.ContainsKey(key))
            _noted.Add(key);
    }

    /// <inheritdoc cref="Returned(Telling, bool)"/>
    public void Returned(CohortContribution contribution, bool failed)
    {
        _contributing.Remove(contribution.Shard);
        if (failed && !_contributions.ContainsKey(contribution.Shard))
            Add(contribution);
    }

    private bool Urgent(ShardReport report) => report.Rule is not null || report.Mass >= options.UrgentMass;

    private bool MakeRoom(ShardReport report)
    {
        var oldest = _usual.First;
        if (oldest is not null && oldest.Value == report.Key)
            oldest = oldest.Next;
        if (!Urgent(report) || oldest is null)
            return false;
        Dropped += _reports[oldest.Value].Count;
        Forget(oldest.Value);
        return true;
    }

    private void Forget(StandingKey key)
    {
        _noted.Remove(key);
        _places.Remove(key, out var place);
        place!.List!.Remove(place);
        _reports.Remove(key, out var shards);
        _reportCount -= shards!.Count;
    }

    private static long Size(CohortContribution contribution) =>
        (contribution.IdentityHashes.Length * sizeof(ulong)) + contribution.Parts.Sum(p => (long)p.Data.Length) + contribution.Shard.Length;

    /// <param name="Reports">Of one identity.</param>
    /// <param name="NoteOnly">Nobody is to be accused on them yet.</param>
    internal sealed record Telling(ShardReport[] Reports, bool NoteOnly);
}
