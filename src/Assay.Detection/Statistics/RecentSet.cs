using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>
/// Remembers 64-bit keys exactly, without false answers, over a window: at least the latest <c>capacity</c> distinct keys, at most twice as
/// many. Two generations: when the younger is full the older is forgotten. Memory grows with use up to 2 · 16 bytes · capacity (a power of two
/// above 4/3 of it each).
/// </summary>
public sealed class RecentSet
{
    private KeyTable _young = new();
    private KeyTable _old = new();

    /// <param name="capacity">Keys a generation, 1 or more.</param>
    public RecentSet(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
    }

    public int Capacity { get; }

    /// <summary>Keys remembered now.</summary>
    public int Count => _young.Count + _old.Count;

    public long MemoryBytes => 160 + _young.MemoryBytes + _old.MemoryBytes;

    public bool Contains(ulong key) => _young.Contains(key) || _old.Contains(key);

    /// <summary>Remembers the key.</summary>
    /// <returns>False where it was remembered already; its place in the window does not change then.</returns>
    public bool Add(ulong key)
    {
        if (_old.Contains(key) || !_young.Add(key))
            return false;
        if (_young.Count == Capacity)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        return true;
    }

    public void Write(StateWriter writer)
    {
        _young.Write(writer);
        _old.Write(writer);
    }

    /// <exception cref="StateFormatException">The bytes are no such set, or larger than the capacity.</exception>
    public void Read(ref StateReader reader)
    {
        _young.Read(ref reader, Capacity);
        _old.Read(ref reader, Capacity);
    }

    /// <summary>Open addressing with linear probing, at most three quarters full. Written in ascending order, so that equal sets give equal bytes.</summary>
    private sealed class KeyTable
    {
        private ulong[] _slots = [];
        private bool _hasZero;
        private int _stored;

        public int Count => _stored + (_hasZero ? 1 : 0);

        public long MemoryBytes => 24 + 8L * _slots.Length;

        public bool Contains(ulong key) => key == 0 ? _hasZero : _slots.Length > 0 && _slots[Place(_slots, key)] == key;

        public bool Add(ulong key)
        {
            if (key == 0)
                return !_hasZero && (_hasZero = true);
            if (4 * _stored >= 3 * _slots.Length)
                Grow();
            var place = Place(_slots, key);
            if (_slots[place] == key)
                return false;
            _slots[place] = key;
            _stored++;
            return true;
        }

        public void Clear()
        {
            Array.Clear(_slots);
            _hasZero = false;
            _stored = 0;
        }

        public void Write(StateWriter writer)
        {
            var keys = new ulong[Count];
            var n = _hasZero ? 1 : 0;
            foreach (var key in _slots)
            {
                if (key != 0)
                    keys[n++] = key;
            }

            Array.Sort(keys);
            writer.Array<ulong>(keys);
        }

        public void Read(ref StateReader reader, int capacity)
        {
            Clear();
            var keys = reader.Array<ulong>();
            if (keys.Length > capacity)
                throw new StateFormatException($"{keys.Length} keys before byte {reader.Position}, at most {capacity} expected");
            foreach (var key in keys)
            {
                if (!Add(key))
                    throw new StateFormatException($"repeated key before byte {reader.Position}");
            }
        }

        private static int Place(ulong[] slots, ulong key)
        {
            var mask = slots.Length - 1;
            var place = (int)((key * 0x9E3779B97F4A7C15) >> 33) & mask;
            while (slots[place] != 0 && slots[place] != key)
                place = (place + 1) & mask;
            return place;
        }

        private void Grow()
        {
            var slots = new ulong[Math.Max(16, 2 * _slots.Length)];
            foreach (var key in _slots)
            {
                if (key != 0)
                    slots[Place(slots, key)] = key;
            }

            _slots = slots;
        }
    }
}
