using Assay.Contracts.State;
using Assay.Detection.Statistics;

namespace Assay.Detection.Volume;

/// <summary>
/// Arrival rates of a bounded number of identities, known by a 64-bit hash. When all places are taken a newcomer takes the place of the
/// least settled of eight neighbours in turn, so that a flood of new names displaces itself and not the regulars.
/// </summary>
internal sealed class IdentityRates(int capacity)
{
    private const int Candidates = 8;

    private readonly Dictionary<ulong, int> _places = [];
    private ulong[] _keys = new ulong[16];
    private ArrivalRate[] _rates = new ArrivalRate[16];
    private int _used;
    private int _hand;

    public int Count => _used;

    public long MemoryBytes => 240 + 40L * _keys.Length + 40L * _places.Capacity;

    public bool TryGet(ulong key, out ArrivalRate rate)
    {
        var known = _places.TryGetValue(key, out var place);
        rate = known ? _rates[place] : default;
        return known;
    }

    public void Observe(ulong key, long timeMs, in BurstClock clock)
    {
        if (!_places.TryGetValue(key, out var place))
            place = Admit(key);
        _rates[place].Observe(timeMs, clock);
    }

    /// <summary>Counts the identity's latest arrival as normal.</summary>
    /// <param name="digits">By how much the arrival exceeded the settled rate.</param>
    /// <returns>False where the identity has no place.</returns>
    public bool Learn(ulong key, in BurstClock clock, out double digits)
    {
        digits = 0;
        if (!_places.TryGetValue(key, out var place))
            return false;
        digits = _rates[place].Digits(clock);
        _rates[place].Learn();
        return true;
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)_used);
        for (var i = 0; i < _used; i++)
        {
            writer.UInt64(_keys[i]);
            _rates[i].Write(writer);
        }

        writer.Int32(_hand);
    }

    public void Read(ref StateReader reader)
    {
        _places.Clear();
        _used = 0;
        var used = StateChecks.Length(ref reader, 26, capacity);
        for (var i = 0; i < used; i++)
        {
            var key = reader.UInt64();
            if (_places.ContainsKey(key))
                throw new StateFormatException($"repeated identity before byte {reader.Position}");
            var place = Append(key);
            _rates[place] = ArrivalRate.Read(ref reader);
        }

        _hand = StateChecks.Int32(ref reader, 0, capacity - 1);
    }

    private int Admit(ulong key)
    {
        if (_used < capacity)
            return Append(key);
        var victim = _hand;
        for (var i = 1; i < Candidates; i++)
        {
            var candidate = (_hand + i) % _used;
            if (_rates[candidate].Settled < _rates[victim].Settled)
                victim = candidate;
        }

        _hand = (_hand + Candidates) % _used;
        _places.Remove(_keys[victim]);
        _places[key] = victim;
        _keys[victim] = key;
        _rates[victim] = default;
        return victim;
    }

    private int Append(ulong key)
    {
        if (_used == _keys.Length)
        {
            var length = Math.Min(capacity, 2 * _used);
            Array.Resize(ref _keys, length);
            Array.Resize(ref _rates, length);
        }

        _keys[_used] = key;
        _places[key] = _used;
        return _used++;
    }
}
