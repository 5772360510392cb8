using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Host.Traffic;

namespace Assay.Host.Live;

/// <summary>What became of the generated attacks.</summary>
/// <param name="Sent">Messages shaped by the attack so far.</param>
/// <param name="Seen">Verdicts on them; fewer than sent while some are on their way. Messages that cannot be read have none here.</param>
/// <param name="Caught">The quarantine of the writer; null while there is none.</param>
public sealed record AttackProgress(TimedAttack Attack, long Sent, VerdictCounts Seen, AttackCaught? Caught = null);

/// <summary>A quarantine of an attack's writer.</summary>
/// <param name="At">Since the run began.</param>
/// <param name="ForTheAttack">The decision names what the attack is about.</param>
/// <param name="Reason">The decision's sentence.</param>
/// <param name="Sent">Messages shaped by the attack until then.</param>
public sealed record AttackCaught(TimeSpan At, bool ForTheAttack, string Reason, long Sent);

/// <summary>
/// Joins the generator's truth with the verdicts by record id. The truth takes no other way: it is neither on the wire nor known to a
/// detector. Safe for any number of threads.
/// </summary>
public sealed class AttackTally : FlowObserver
{
    /// <summary>
    /// Attack records on their way to a verdict that are remembered at most; beyond it the oldest is given up and never counted as seen.
    /// </summary>
    public const int MaxUnderWay = 200_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Attack, int Copies)> _underWay = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Dictionary<string, long> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long[]> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttackCaught> _caught = new(StringComparer.Ordinal);
    private readonly AttackTimetable _timetable;
    private readonly TimeProvider _time;
    private readonly long _start;
    private long _records;

    public AttackTally(AttackTimetable timetable, TimeProvider time)
    {
        _timetable = timetable;
        _time = time;
        _start = time.GetTimestamp();
        foreach (var attack in timetable.All)
        {
            _sent[attack.Id] = 0;
            _seen[attack.Id] = new long[(int)VerdictKind.DeadLetter + 1];
        }
    }

    /// <summary>To be called for every message of the generator, before it is produced.</summary>
    public void Sent(in TrafficMessage message)
    {
        if (message.Attack is null)
        {
            Volatile.Write(ref _records, message.Number + 1);
            return;
        }

        lock (_gate)
        {
            _records = message.Number + 1;
            _sent[message.Attack]++;
            if (message.RecordId.Length == 0)
                return;
            var copies = _underWay.TryGetValue(message.RecordId, out var before) ? before.Copies : 0;
            _underWay[message.RecordId] = (message.Attack, copies + 1);
            if (copies > 0)
                return;
            _order.Enqueue(message.RecordId);
            if (_order.Count > MaxUnderWay)
                _underWay.Remove(_order.Dequeue());
        }
    }

    public override void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts)
    {
        lock (_gate)
        {
            for (var i = 0; i < verdicts.Count; i++)
            {
                var verdict = verdicts[i];
                if (!_underWay.TryGetValue(verdict.RecordId, out var entry))
                    continue;
                _seen[entry.Attack][(int)verdict.Kind]++;
                if (entry.Copies > 1)
                    _underWay[verdict.RecordId] = entry with { Copies = entry.Copies - 1 };
                else
                    _underWay.Remove(verdict.RecordId);
            }
        }
    }

    public override void Decided(Decision decision)
    {
        if (decision.Standing != Standing.Quarantined)
            return;
        lock (_gate)
        {
            foreach (var attack in _timetable.Started(_records))
            {
                // A quarantine for what the attack is about outdoes one for anything else.
                if (attack.Identity != decision.Identity || _sent[attack.Id] == 0)
                    continue;
                var known = _caught.GetValueOrDefault(attack.Id);
                if (known is null || (!known.ForTheAttack && attack.Explains(decision)))
                    _caught[attack.Id] = new AttackCaught(_time.GetElapsedTime(_start), attack.Explains(decision), decision.Reason, _sent[attack.Id]);
            }
        }
    }

    /// <summary>The attacks that have started, in order of start.</summary>
    public IReadOnlyList<AttackProgress> Snapshot()
    {
        lock (_gate)
        {
            return
            [
                .. _timetable.Started(_records).Select(a =>
                {
                    var seen = _seen[a.Id];
                    return new AttackProgress(a, _sent[a.Id], new VerdictCounts(
                        seen[(int)VerdictKind.Admit], seen[(int)VerdictKind.Hold], seen[(int)VerdictKind.Reject], seen[(int)VerdictKind.DeadLetter]), _caught.GetValueOrDefault(a.Id));
                }),
            ];
        }
    }
}
