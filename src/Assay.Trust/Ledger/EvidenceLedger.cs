using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.State;

namespace Assay.Trust.Ledger;

/// <summary>
/// The evidence of one shard against each of its identities, in bounded memory. At the caps the least suspicious of a few candidates is
/// made compact or forgotten (its R becomes 0: always safe, costs delay only); identities above <see cref="LedgerOptions.ProtectedMass"/>
/// never are, unless they have been judged: those are the first to go. When every candidate is protected a new identity is not taken in and
/// counts in <see cref="Refused"/>. Not thread-safe.
/// </summary>
public sealed class EvidenceLedger : IStateSection
{
    private const int Candidates = 8;

    private readonly LedgerOptions _options;
    private readonly LedgerDetector[] _detectors;
    private readonly Predicate<string>? _judged;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    // Full ledgers first, then compact ones.
    private readonly List<IdentityLedger> _ledgers = [];
    private int _full;
    private long _pageBytes;
    private ulong _draws;

    /// <param name="detectors">The detectors, in the order of the findings.</param>
    /// <param name="judged">True for an identity about which nothing is left to be decided on its evidence; null where that is true of none.</param>
    public EvidenceLedger(LedgerOptions options, IEnumerable<LedgerDetector> detectors, Predicate<string>? judged = null)
    {
        _options = options;
        _judged = judged;
        _detectors = [.. detectors];
    }

    public int Identities => _ledgers.Count;

    /// <summary>Identities forgotten at the cap since the ledger began.</summary>
    public long Evicted { get; private set; }

    /// <summary>Full ledgers made compact at the cap since the ledger began.</summary>
    public long Compacted { get; private set; }

    /// <summary>Records whose identity could not be taken in at the cap: not monitored.</summary>
    public long Refused { get; private set; }

    public long MemoryBytes => _pageBytes + ((long)_ledgers.Count * IdentityLedger.CompactBytes);

    public int StateVersion => 1;

    /// <summary>Adds what the detectors found in one record of an identity.</summary>
    /// <param name="identity">The writer.</param>
    /// <param name="place">Names the record when an onset is dated; never interpreted.</param>
    /// <param name="findings">One a detector, in the order of the detectors.</param>
    /// <param name="gamma">Start mass of this record, fixed before it was seen (<see cref="PostureBudget"/>); 0 or more.</param>
    /// <returns>M of the identity after the record.</returns>
    public double Observe(string identity, long place, ReadOnlySpan<Finding> findings, double gamma = 1)
    {
        if (findings.Length != _detectors.Length)
            throw new ArgumentException($"{findings.Length} findings from {_detectors.Length} detectors.", nameof(findings));
        var i = Find(identity);
        if (i < 0)
        {
            Refused++;
            return 0;
        }

        var ledger = _ledgers[i];
        if (!ledger.IsFull && (ledger.Informative >= _options.FullAfter || ledger.AveragedCusum >= _options.FullAtCusum))
        {
            ledger.MakeFull();
            Swap(i, _full++);
        }

        var before = ledger.PageBytes;
        ledger.Observe(findings, gamma, place, _options.MaxSlots);
        _pageBytes += ledger.PageBytes - before;
        while (_pageBytes > _options.MaxPageBytes && Compact())
        {
        }

        return ledger.Mass;
    }

    public double Mass(string identity) => _index.TryGetValue(identity, out var i) ? _ledgers[i].Mass : 0;

    public Assessment Assess(string identity) =>
        _index.TryGetValue(identity, out var i) ? _ledgers[i].Assess(_detectors) : Assessment.None;

    /// <summary>Sets the identity's R to 0, as after a quarantine or a release.</summary>
    public void Reset(string identity)
    {
        if (_index.TryGetValue(identity, out var i))
            Remove(i);
    }

    /// <summary>Sets R of one detector's bets to 0 for an identity: for when the detector forgot what its slots stood for.</summary>
    public void Forget(string identity, int detector)
    {
        if (_index.TryGetValue(identity, out var i))
            _ledgers[i].Forget(detector);
    }

    /// <summary>The identities whose M is at least <paramref name="floor"/>, in order of first evidence since the last change at the cap.</summary>
    public IEnumerable<KeyValuePair<string, double>> Above(double floor)
    {
        foreach (var ledger in _ledgers)
        {
            if (ledger.Mass >= floor)
                yield return new KeyValuePair<string, double>(ledger.Identity, ledger.Mass);
        }
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)_detectors.Length);
        foreach (var detector in _detectors)
            writer.String(detector.Id);
        writer.UInt64(_draws);
        writer.Int64(Evicted);
        writer.Int64(Compacted);
        writer.Int64(Refused);
        writer.Varint((ulong)_ledgers.Count);
        foreach (var ledger in _ledgers)
        {
            writer.String(ledger.Identity);
            ledger.Write(writer);
        }
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"evidence ledger of version {version}; this program reads version 1");
        var written = new string[reader.Length(1)];
        for (var i = 0; i < written.Length; i++)
            written[i] = reader.String();
        _index.Clear();
        _ledgers.Clear();
        _full = 0;
        _pageBytes = 0;
        _draws = reader.UInt64();
        Evicted = reader.Int64();
        Compacted = reader.Int64();
        Refused = reader.Int64();
        var count = reader.Length(12);
        var same = written.SequenceEqual(_detectors.Select(d => d.Id));
        for (var i = 0; i < count; i++)
        {
            var ledger = new IdentityLedger(reader.String(), written.Length);
            ledger.Read(ref reader, _options.MaxSlots);

            // Other detectors than those that wrote the state: what they bet on means nothing now. R = 0 is always safe.
            if (same)
                Add(ledger);
        }
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("identities", Identities);
        json.WriteNumber("bytes", MemoryBytes);
        json.WriteNumber("evicted", Evicted);
        json.WriteNumber("compacted", Compacted);
        json.WriteNumber("refused", Refused);
        json.WriteStartArray("suspicious");
        foreach (var ledger in _ledgers.OrderByDescending(l => l.Mass).ThenBy(l => l.Identity, StringComparer.Ordinal).Take(20))
        {
            var found = ledger.Assess(_detectors);
            json.WriteStartObject();
            json.WriteString("identity", ledger.Identity);
            json.WriteNumber("mass", found.Mass);
            json.WriteNumber("records", found.Records);
            json.WriteString("detector", found.Detector < 0 ? null : _detectors[found.Detector].Id);
            json.WriteNumber("slot", found.Slot);
            json.WriteNumber("onset", found.Onset);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private int Find(string identity)
    {
        if (_index.TryGetValue(identity, out var i))
            return i;
        if (_ledgers.Count >= _options.MaxIdentities)
        {
            var victim = LeastSuspicious(_ledgers.Count);
            if (victim < 0)
                return -1;
            Remove(victim);
            Evicted++;
        }

        return Add(new IdentityLedger(identity, _detectors.Length));
    }

    private int Add(IdentityLedger ledger)
    {
        var i = _ledgers.Count;
        _index.Add(ledger.Identity, i);
        _ledgers.Add(ledger);
        _pageBytes += ledger.PageBytes;
        if (!ledger.IsFull)
            return i;
        Swap(i, _full);
        return _full++;
    }

    private void Remove(int i)
    {
        _pageBytes -= _ledgers[i].PageBytes;
        if (i < _full)
        {
            Swap(i, --_full);
            i = _full;
        }

        Swap(i, _ledgers.Count - 1);
        _index.Remove(_ledgers[^1].Identity);
        _ledgers.RemoveAt(_ledgers.Count - 1);
    }

    private bool Compact()
    {
        var victim = _full == 0 ? -1 : LeastSuspicious(_full);
        if (victim < 0)
            return false;
        _pageBytes -= _ledgers[victim].PageBytes;
        _ledgers[victim].MakeCompact();
        Swap(victim, --_full);
        Compacted++;
        return true;
    }

    /// <summary>
    /// The lowest M among a few of the first <paramref name="count"/>, drawn by a counter that is part of the state, so that a replay
    /// forgets the same; −1 if all drawn are protected.
    /// </summary>
    private int LeastSuspicious(int count)
    {
        var (best, least) = (-1, _options.ProtectedMass);
        for (var draw = 0; draw < Candidates; draw++)
        {
            var i = (int)(Mix(++_draws) % (ulong)count);
            var worth = Worth(_ledgers[i]);
            if (worth < least)
                (best, least) = (i, worth);
        }

        return best;
    }

    private double Worth(IdentityLedger ledger) =>
        ledger.Mass >= _options.ProtectedMass && _judged?.Invoke(ledger.Identity) == true ? 0 : ledger.Mass;

    private void Swap(int i, int j)
    {
        if (i == j)
            return;
        (_ledgers[i], _ledgers[j]) = (_ledgers[j], _ledgers[i]);
        _index[_ledgers[i].Identity] = i;
        _index[_ledgers[j].Identity] = j;
    }

    /// <summary>The finaliser of SplitMix64.</summary>
    private static ulong Mix(ulong x)
    {
        x *= 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
