using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>
/// Gives each field name a small number, in order of first sight, so that what is learnt of a field lies in an array. Names that come in
/// the order of the record before cost one comparison of references. Bounded: a new name beyond the capacity, or longer than
/// <see cref="MaxNameLength"/>, gets none and stays unmonitored.
/// </summary>
public sealed class FieldSlots
{
    public const int MaxNameLength = 256;

    /// <summary>The field has no slot.</summary>
    public const int None = -1;

    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    // By position in the record: the name that stood there last and its slot. A cache only, never part of the state.
    private (string? Name, int Slot)[] _last = new (string?, int)[8];

    /// <param name="capacity">How many names get a slot, 1 or more.</param>
    public FieldSlots(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
    }

    public int Capacity { get; }

    public int Count => _names.Count;

    public IReadOnlyList<string> Names => _names;

    public long MemoryBytes => 300 + 16L * _last.Length + _names.Sum(n => 90L + 2 * n.Length);

    /// <summary>The slot of a name, or <see cref="None"/>.</summary>
    /// <param name="position">Where the name stands in the record; any number 0 or more.</param>
    public int Find(int position, string name)
    {
        if (position < _last.Length && ReferenceEquals(_last[position].Name, name))
            return _last[position].Slot;
        if (!_slots.TryGetValue(name, out var slot))
            return None;
        if (position < _last.Length)
            _last[position] = (name, slot);
        return slot;
    }

    /// <summary>The slot of a name, a new one where it has none and there is room, else <see cref="None"/>.</summary>
    public int FindOrAdd(int position, string name)
    {
        var slot = Find(position, name);
        if (slot >= 0 || _names.Count == Capacity || name.Length > MaxNameLength)
            return slot;
        slot = _names.Count;
        _names.Add(name);
        _slots.Add(name, slot);
        if (_last.Length < Count)
            Array.Resize(ref _last, Math.Min(Capacity, 2 * Count));
        return slot;
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)_names.Count);
        foreach (var name in _names)
            writer.String(name);
    }

    /// <exception cref="StateFormatException">The bytes are no names, or more than <see cref="Capacity"/>.</exception>
    public void Read(ref StateReader reader)
    {
        _slots.Clear();
        _names.Clear();
        Array.Clear(_last);
        var count = StateChecks.Length(ref reader, 1, Capacity);
        for (var i = 0; i < count; i++)
        {
            var name = reader.String();
            if (name.Length > MaxNameLength || FindOrAdd(i, name) != i)
                throw new StateFormatException($"field name {i} is repeated or too long before byte {reader.Position}");
        }
    }
}
