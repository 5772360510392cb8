using System.Diagnostics.CodeAnalysis;

namespace Assay.Host.Live;

/// <summary>A table of a fixed size in which the entry untouched longest makes room.</summary>
internal sealed class RecentTable<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _entries = new();
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();

    public int Count => _entries.Count;

    /// <summary>The most recently touched first.</summary>
    public IEnumerable<TValue> Values => _order.Select(e => e.Value);

    /// <summary>Finds an entry and makes it the most recent.</summary>
    public bool TryTouch(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        if (!_entries.TryGetValue(key, out var node))
            return false;
        _order.Remove(node);
        _order.AddFirst(node);
        value = node.Value.Value;
        return true;
    }

    /// <param name="key">Not in the table.</param>
    public void Add(TKey key, TValue value)
    {
        if (_entries.Count == capacity)
        {
            _entries.Remove(_order.Last!.Value.Key);
            _order.RemoveLast();
        }

        _entries.Add(key, _order.AddFirst((key, value)));
    }
}
