using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>
/// The most frequent strings of a stream in bounded memory. SpaceSaving (Metwally, Agrawal, El Abbadi; ICDT 2005): a count is never too
/// low, too high by at most <see cref="HeavyHitter.Error"/>, itself at most Total/Capacity; every string above that share is present.
/// </summary>
/// <remarks>Long strings are kept by a prefix and a hash (<see cref="BoundedKey"/>).</remarks>
public sealed class HeavyHitters
{
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    // A binary heap by count, smallest first; _places holds each key's place in it.
    private HeavyHitter[] _heap = new HeavyHitter[4];
    private int _used;
    private long _keyChars;

    /// <param name="capacity">How many strings are kept, 1 or more.</param>
    public HeavyHitters(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _places = new Dictionary<string, int>(StringComparer.Ordinal);
        _lookup = _places.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Capacity { get; }

    /// <summary>How many strings were added, repeats included.</summary>
    public long Total { get; private set; }

    /// <summary>How many strings are kept now.</summary>
    public int Used => _used;

    public long MemoryBytes => 200 + 24L * _heap.Length + 80L * _used + 2 * _keyChars;

    public void Add(ReadOnlySpan<char> value)
    {
        Total++;
        if (value.Length <= BoundedKey.MaxLength)
            AddKey(value);
        else
            AddLong(value);
    }

    /// <summary>An upper bound of how often the string came; 0 where it is not kept.</summary>
    public long Estimate(ReadOnlySpan<char> value)
    {
        Span<char> buffer = stackalloc char[BoundedKey.MaxLength];
        return _lookup.TryGetValue(BoundedKey.Of(value, buffer), out var place) ? _heap[place].Count : 0;
    }

    /// <summary>What is kept, most frequent first, ties by ordinal order of the string.</summary>
    public HeavyHitter[] Ranked() =>
        [.. _heap.Take(_used).OrderByDescending(h => h.Count).ThenBy(h => h.Key, StringComparer.Ordinal)];

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)Total);
        writer.Varint((ulong)_used);
        for (var i = 0; i < _used; i++)
        {
            writer.String(_heap[i].Key);
            writer.Varint((ulong)_heap[i].Count);
            writer.Varint((ulong)_heap[i].Error);
        }
    }

    /// <exception cref="StateFormatException">The bytes are no heavy hitters, or more than <see cref="Capacity"/>.</exception>
    public void Read(ref StateReader reader)
    {
        _places.Clear();
        _used = 0;
        _keyChars = 0;
        Total = StateChecks.Count(ref reader);
        var used = StateChecks.Length(ref reader, 3, Capacity);
        for (var i = 0; i < used; i++)
        {
            var entry = new HeavyHitter(reader.String(), StateChecks.Count(ref reader), StateChecks.Count(ref reader));
            if (entry.Key.Length > BoundedKey.MaxLength || _places.ContainsKey(entry.Key) || (i > 0 && _heap[(i - 1) / 2].Count > entry.Count))
                throw new StateFormatException($"heavy hitter {i} is out of order, repeated or too long before byte {reader.Position}");
            Append(entry);
        }
    }

    /// <summary>One JSON object: the total and the most frequent strings with their counts.</summary>
    public void Describe(Utf8JsonWriter json, int limit = 10)
    {
        json.WriteStartObject();
        json.WriteNumber("total", Total);
        json.WriteStartArray("top");
        foreach (var entry in Ranked().Take(limit))
        {
            json.WriteStartObject();
            json.WriteString("value", entry.Key);
            json.WriteNumber("count", entry.Count);
            json.WriteNumber("error", entry.Error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void AddLong(ReadOnlySpan<char> value)
    {
        Span<char> buffer = stackalloc char[BoundedKey.MaxLength];
        AddKey(BoundedKey.Of(value, buffer));
    }

    private void AddKey(ReadOnlySpan<char> key)
    {
        if (_lookup.TryGetValue(key, out var place))
        {
            _heap[place].Count++;
            Sink(place);
        }
        else if (_used < Capacity)
        {
            Append(new HeavyHitter(key.ToString(), 1, 0));
        }
        else
        {
            ReplaceSmallest(key.ToString());
        }
    }

    private void Append(HeavyHitter entry)
    {
        if (_used == _heap.Length)
            Array.Resize(ref _heap, Math.Min(Capacity, 2 * _used));
        var place = _used++;
        _keyChars += entry.Key.Length;
        _heap[place] = entry;
        _places[entry.Key] = place;
        while (place > 0 && _heap[(place - 1) / 2].Count > entry.Count)
        {
            Swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    private void ReplaceSmallest(string key)
    {
        var smallest = _heap[0];
        _places.Remove(smallest.Key);
        _keyChars += key.Length - smallest.Key.Length;
        _heap[0] = new HeavyHitter(key, smallest.Count + 1, smallest.Count);
        _places[key] = 0;
        Sink(0);
    }

    private void Sink(int place)
    {
        while (true)
        {
            var child = 2 * place + 1;
            if (child >= _used)
                return;
            if (child + 1 < _used && _heap[child + 1].Count < _heap[child].Count)
                child++;
            if (_heap[child].Count >= _heap[place].Count)
                return;
            Swap(place, child);
            place = child;
        }
    }

    private void Swap(int a, int b)
    {
        (_heap[a], _heap[b]) = (_heap[b], _heap[a]);
        _places[_heap[a].Key] = a;
        _places[_heap[b].Key] = b;
    }
}

/// <param name="Count">At least how often <paramref name="Key"/> came.</param>
/// <param name="Error">By how much the count may be too high.</param>
public record struct HeavyHitter(string Key, long Count, long Error);
