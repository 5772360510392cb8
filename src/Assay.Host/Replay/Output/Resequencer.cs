using System.Diagnostics.CodeAnalysis;

namespace Assay.Host.Replay.Output;

/// <summary>
/// Puts numbered items back into order within a fixed window; never holds more than the window. For one thread at a time.
/// </summary>
/// <param name="window">How far ahead of the next item in order one may come; 1 or more.</param>
public sealed class Resequencer<T>(int window)
{
    private readonly (bool Present, T Item)[] _items = new (bool, T)[window];

    /// <summary>Number of the next item in order, from 0.</summary>
    public long Next { get; private set; }

    /// <summary>Takes an item. One that was taken before, or given out already, is passed over: the first counts.</summary>
    /// <returns>False where the number is <c>Next + window</c> or beyond; the item was not taken.</returns>
    public bool TryAdd(long number, T item)
    {
        if (number >= Next + _items.Length)
            return false;
        ref var slot = ref _items[number % _items.Length];
        if (number >= Next && !slot.Present)
            slot = (true, item);
        return true;
    }

    /// <summary>Gives the next item in order, if it has come.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        ref var slot = ref _items[Next % _items.Length];
        item = slot.Item;
        if (!slot.Present)
            return false;
        slot = default;
        Next++;
        return true;
    }
}
