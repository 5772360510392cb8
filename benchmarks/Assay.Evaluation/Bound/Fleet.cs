using System.Globalization;
using Assay.Contracts.Evidence;
using Assay.Trust.Frameworks;
using Assay.Trust.Ledger;
using Assay.Trust.Standings;

namespace Assay.Evaluation.Bound;

/// <summary>
/// The way of evidence through the product's own parts: a ledger a shard, reports above a floor, their sum, the standing machine's A. Every
/// quarantine is overturned by a person at once, and the shards begin again when they hear of it.
/// </summary>
public sealed class Fleet
{
    // A shard reports an identity while its M is above this share of A, and once more when it has fallen below.
    private const double FloorShare = 0.01;

    private readonly ICleanStream _stream;
    private readonly double _threshold;
    private readonly Delivery _delivery;
    private readonly EvidenceLedger[] _ledgers;
    private readonly StandingMachine _machine;
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly string[] _shards;
    private readonly Mail _mail;
    private readonly Finding[] _findings;
    private long _now;

    /// <param name="threshold">A.</param>
    /// <param name="ledger">Defaults as the product has them.</param>
    /// <param name="delivery">At once, and nothing lost, where left out.</param>
    public Fleet(ICleanStream stream, double threshold, LedgerOptions? ledger = null, Delivery? delivery = null, int seed = 1)
    {
        _stream = stream;
        _threshold = threshold;
        _delivery = delivery ?? new Delivery();
        _findings = [.. stream.Detectors.Select(_ => new Finding())];
        _mail = new Mail(_delivery, new Random(seed));
        _ledgers = [.. Enumerable.Range(0, stream.Shards).Select(_ => new EvidenceLedger(ledger ?? new LedgerOptions(), stream.Detectors))];
        _shards = [.. Enumerable.Range(0, stream.Shards).Select(s => string.Create(CultureInfo.InvariantCulture, $"shard-{s}"))];
        _machine = new StandingMachine(new StandingOptions { CleanRecordsPerFalseQuarantine = threshold }, FrameworkCatalog.Shipped);
    }

    /// <summary>Identities that the shards forgot at their caps, and full ledgers that they made compact.</summary>
    public long Forgotten => _ledgers.Sum(l => l.Evicted + l.Compacted);

    /// <summary>Records counted so far.</summary>
    public long Records { get; private set; }

    public int QuarantinesOf(string identity) => _members.TryGetValue(identity, out var member) ? member.Quarantines : 0;

    /// <param name="records">Clean records to count.</param>
    public Tally Run(long records)
    {
        while (Records < records)
            Step();
        return new Tally(Records, _members.Values.Sum(m => m.Quarantines), _threshold);
    }

    /// <summary>One record.</summary>
    public void Step()
    {
        _now++;
        foreach (var finding in _findings)
            finding.Clear();
        var record = _stream.Next(_findings);
        Receive();
        if (!record.Counted)
        {
            _stream.After(0);
            return;
        }

        Records++;
        var member = MemberOf(record.Identity);
        if (member.AppliesAt[record.Shard] <= _now)
            Apply(member, record.Shard);
        var mass = _ledgers[record.Shard].Observe(record.Identity, _now, _findings, record.Gamma);
        _stream.After(mass);
        Report(member, record.Shard, mass);
        Receive();
    }

    private Member MemberOf(string identity)
    {
        if (!_members.TryGetValue(identity, out var member))
            _members.Add(identity, member = new Member(identity, _shards.Length));
        return member;
    }

    private void Report(Member member, int shard, double mass)
    {
        var floor = FloorShare * _threshold;
        var (above, was) = (mass >= floor, member.Reported[shard] >= floor);
        var due = above ? !was || ++member.Unreported[shard] >= _delivery.Checkpoint : was && _delivery.TellsTheFall;
        if (!due)
            return;
        var report = new ShardReport
        {
            Key = member.State.Key,
            Shard = _shards[shard],
            Dataset = "simulated",
            Sequence = _now,
            SeenEpoch = member.SeenEpoch[shard],
            Mass = mass * _delivery.Weight,
            MonitoredRecords = _now,
            At = default,
        };
        if (!_mail.Send(_now, member, report))
            return;
        member.Reported[shard] = mass;
        member.Unreported[shard] = 0;
    }

    private void Receive()
    {
        while (_mail.TryReceive(_now, out var member, out var report))
        {
            _machine.Report(member.State, report);
            if (!_machine.AsksForQuarantine(member.State))
                continue;
            _machine.Accuse(member.State, allowed: true);
            _machine.Release(member.State, "overturned");
            member.Quarantines++;
            for (var shard = 0; shard < _shards.Length; shard++)
            {
                member.AppliesAt[shard] = _now + _mail.Delay();
                if (member.AppliesAt[shard] == _now)
                    Apply(member, shard);
            }
        }
    }

    private void Apply(Member member, int shard)
    {
        var identity = member.State.Key.Identity;
        _ledgers[shard].Reset(identity);
        _stream.Reset(shard, identity);
        member.SeenEpoch[shard] = member.State.Epoch;
        member.Reported[shard] = 0;
        member.AppliesAt[shard] = long.MaxValue;
    }
}
