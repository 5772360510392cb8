using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Live;

/// <summary>
/// Gathers what the views show. Safe for any number of threads; memory is bounded by <see cref="FlowBoardOptions"/> whatever arrives.
/// A verdict that is reported twice counts twice.
/// </summary>
public sealed class FlowBoard : FlowObserver
{
    /// <summary>The row that sources beyond the cap share.</summary>
    public const string OtherSources = "(other sources)";

    /// <summary>The rule that dead-letter rules beyond the cap share.</summary>
    public const string OtherRules = "(other rules)";

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly FlowBoardOptions _options;
    private readonly Dictionary<(string Topic, string Source), SourceRow> _sources = [];
    private readonly PartitionTable _partitions = new();
    private readonly RecentTable<ReasonKey, bool> _seen;
    private readonly RecentTable<ReasonKey, Mutable<NotableVerdict>> _notable;
    private readonly Dictionary<(string Topic, string Rule), DeadLetterRule> _rules = [];
    private readonly SortedDictionary<string, FlowFault> _faults = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PausedTopic> _paused = new(StringComparer.Ordinal);
    private readonly Queue<FlowEvent> _events = new();
    private readonly StandingRows _standings;
    private readonly RateMeter _rate = new();
    private long _lastEvent;

    /// <exception cref="ValidationException">An option is out of range.</exception>
    public FlowBoard(TimeProvider time, FlowBoardOptions? options = null)
    {
        _time = time;
        _start = time.GetTimestamp();
        _options = options ?? new FlowBoardOptions();
        Validator.ValidateObject(_options, new ValidationContext(_options), validateAllProperties: true);
        _seen = new RecentTable<ReasonKey, bool>(_options.Remembered);
        _notable = new RecentTable<ReasonKey, Mutable<NotableVerdict>>(_options.Notable);
        _standings = new StandingRows(_options.Standings);
    }

    public override void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts)
    {
        lock (_gate)
        {
            var now = _time.GetElapsedTime(_start);
            Row(topic, source).Add(verdicts, now);
            _rate.Add(verdicts.Count, now);
            for (var i = 0; i < verdicts.Count; i++)
            {
                _standings.Judged(source, verdicts[i]);
                if (verdicts[i].Kind is VerdictKind.Hold or VerdictKind.Reject)
                    Note(topic, source, verdicts[i], now);
                else if (verdicts[i].Kind == VerdictKind.DeadLetter)
                    NoteDeadLetter(topic, source, verdicts[i]);
            }
        }
    }

    public override void Progress(string topic, int partition, long position, long committed, long end)
    {
        lock (_gate)
            _partitions.Set(topic, partition, position, committed, end);
    }

    public override void Released(string topic, int partition)
    {
        lock (_gate)
        {
            _partitions.Release(topic, partition);
            _paused.Remove(Place(topic, partition));
        }
    }

    public override void TopicPaused(string topic, string rule, string message)
    {
        lock (_gate)
        {
            _paused[topic] = new PausedTopic(topic, rule, message, _time.GetElapsedTime(_start));
            Raise(FlowEventKind.Pause, topic, "", "", rule, message);
        }
    }

    public override void PartitionStopped(string topic, int partition, string reason, string message)
    {
        lock (_gate)
        {
            var place = Place(topic, partition);
            _paused[place] = new PausedTopic(place, reason, message, _time.GetElapsedTime(_start));
            Raise(FlowEventKind.Pause, place, "", "", reason, message);
        }
    }

    public override void PartitionResumed(string topic, int partition)
    {
        lock (_gate)
        {
            var place = Place(topic, partition);
            if (_paused.Remove(place))
                Raise(FlowEventKind.Recovery, "", "", "", place, $"{place} is read again");
        }
    }

    public override void Fault(string area, string message)
    {
        lock (_gate)
        {
            if (_faults.Count < _options.Rules || _faults.ContainsKey(area))
                _faults[area] = new FlowFault(area, message, _time.GetElapsedTime(_start));
            Raise(FlowEventKind.Fault, "", "", "", area, message);
        }
    }

    public override void Recovered(string area)
    {
        lock (_gate)
        {
            _faults.Remove(area);
            Raise(FlowEventKind.Recovery, "", "", "", area, $"{area} works again");
        }
    }

    public override void Decided(Decision decision)
    {
        lock (_gate)
        {
            var before = _standings.Decided(decision, _time.GetElapsedTime(_start));
            if (before.Withholds() != decision.Standing.Withholds() || (decision.Standing.Distrust() > before.Distrust() && before.Withholds()))
                Raise(FlowEventKind.Standing, "", decision.Source ?? "", decision.Identity, decision.Standing.Withholds() ? decision.Standing.Name() : "released", decision.Reason, decision.Onset);
            else if (before != decision.Standing && decision.Standing == Standing.Watched)
                Raise(FlowEventKind.Watch, "", decision.Source ?? "", decision.Identity, decision.Standing.Name(), decision.Reason, decision.Onset);
        }
    }

    public override void Recalled(Recall recall)
    {
        lock (_gate)
        {
            _standings.Recalled(recall);
            Raise(FlowEventKind.Recall, "", recall.Source ?? "", recall.Identity, Words.Count(recall.Records), $"{Words.Count(recall.Records)} admitted records", recall.From);
        }
    }

    public override void CohortContested(string dataset)
    {
        lock (_gate)
        {
            if (_standings.Contest(dataset))
                Raise(FlowEventKind.Contested, "", "", "", dataset, "too many of its writers are under suspicion at once: nobody is accused, a person is needed");
        }
    }

    public override void CohortSettled(string dataset)
    {
        lock (_gate)
        {
            if (_standings.Settle(dataset))
                Raise(FlowEventKind.Settled, "", "", "", dataset, "the cohort is contested no longer");
        }
    }

    public override void InEffect(StandingKey key, long epoch, TimeSpan after)
    {
        lock (_gate)
            _standings.InEffect(key, epoch, after);
    }

    public FlowSnapshot Snapshot()
    {
        lock (_gate)
        {
            var now = _time.GetElapsedTime(_start);
            SourceFlow[] sources =
            [
                .. _sources.Values.Select(s => s.Read(now))
                    .OrderBy(s => s.Topic, StringComparer.Ordinal).ThenBy(s => s.Source, StringComparer.Ordinal),
            ];
            return new FlowSnapshot
            {
                Uptime = now,
                Rate = _rate.PerSecond(now),
                Sources = sources,
                Totals = new VerdictCounts(
                    sources.Sum(s => s.Counts.Admitted), sources.Sum(s => s.Counts.Held),
                    sources.Sum(s => s.Counts.Rejected), sources.Sum(s => s.Counts.DeadLetters)),
                Topics = _partitions.Read(),
                Notable = [.. _notable.Values.Select(n => n.Value)],
                DeadLetterRules = [.. _rules.Values.OrderByDescending(r => r.Count).ThenBy(r => r.Rule, StringComparer.Ordinal)],
                Faults = [.. _faults.Values],
                Paused = [.. _paused.Values],
                Standings = [.. _standings.Values],
                StandingsUnshown = _standings.Unshown,
                Contested = [.. _standings.Contested],
            };
        }
    }

    /// <summary>Events after a sequence number, oldest first; a gap in the numbers tells how many the cap has pushed out.</summary>
    public IReadOnlyList<FlowEvent> EventsAfter(long sequence)
    {
        lock (_gate)
            return sequence >= _lastEvent ? [] : [.. _events.Where(e => e.Sequence > sequence)];
    }

    /// <summary>A partition beside paused topics: no topic's name has a slash.</summary>
    private static string Place(string topic, int partition) => string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}");

    private SourceRow Row(string topic, string source)
    {
        if (_sources.TryGetValue((topic, source), out var row))
            return row;
        if (_sources.Count >= _options.Sources)
            source = OtherSources;
        if (!_sources.TryGetValue((topic, source), out row))
            _sources[(topic, source)] = row = new SourceRow(topic, source);
        return row;
    }

    private void Note(string topic, string source, Verdict verdict, TimeSpan now)
    {
        var key = ReasonKey.Of(topic, source, verdict);
        var sentence = ReasonKey.Sentence(verdict);
        if (!_notable.TryTouch(key, out var entry))
        {
            entry = new Mutable<NotableVerdict>(
                new NotableVerdict(topic, source, verdict.Identity, verdict.Kind, sentence, verdict.Score, 0, now));
            _notable.Add(key, entry);
        }

        entry.Value = entry.Value with { Reason = sentence, Score = verdict.Score, Count = entry.Value.Count + 1, At = now };
        if (_seen.TryTouch(key, out _))
            return;
        _seen.Add(key, true);
        var kind = verdict.Kind == VerdictKind.Hold ? FlowEventKind.Hold : FlowEventKind.Reject;
        Raise(kind, topic, source, verdict.Identity, "", sentence);
    }

    private void NoteDeadLetter(string topic, string source, Verdict verdict)
    {
        var rule = verdict.Failure?.Rule ?? "";
        var reason = verdict.Failure?.Reason ?? "";
        if (!_rules.TryGetValue((topic, rule), out var known) && _rules.Count >= _options.Rules)
        {
            (topic, rule) = ("", OtherRules);
            _rules.TryGetValue((topic, rule), out known);
        }

        _rules[(topic, rule)] = new DeadLetterRule(topic, rule, (known?.Count ?? 0) + 1, reason);
        if (known is null)
            Raise(FlowEventKind.DeadLetter, topic, source, verdict.Identity, rule, reason);
    }

    private void Raise(FlowEventKind kind, string topic, string source, string identity, string subject, string message, string? since = null)
    {
        if (_events.Count == _options.Events)
            _events.Dequeue();
        _events.Enqueue(new FlowEvent(++_lastEvent, kind, topic, source, identity, subject, message, since ?? ""));
    }

    private sealed class Mutable<T>(T value)
    {
        public T Value { get; set; } = value;
    }
}
