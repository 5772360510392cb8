namespace Assay.Host.Replay.Outcomes;

/// <summary>Rows of one partition by offset: a ring that grows at its end and is cut at its beginning.</summary>
internal sealed class PartitionRows
{
    private Slot[] _slots = new Slot[1024];

    /// <summary>The lowest offset that is remembered, or would be.</summary>
    public long First { get; private set; }

    /// <summary>One above the highest offset seen.</summary>
    public long End { get; private set; }

    /// <param name="offset">Anything below <see cref="First"/> is passed over.</param>
    public void Set(long offset, in JudgedRow row)
    {
        if (offset < First)
            return;
        while (offset - First >= _slots.Length)
            Grow();
        End = Math.Max(End, offset + 1);
        At(offset) = new Slot(true, row);
    }

    public bool TryFind(long offset, out JudgedRow row)
    {
        row = default;
        if (offset < First || offset >= End || !At(offset).Present)
            return false;
        row = At(offset).Row;
        return true;
    }

    /// <summary>Forgets rows from the lowest offset on, as long as their numbers are lower.</summary>
    public void ForgetBelow(long number)
    {
        while (First < End && At(First).Row.Number < number)
        {
            At(First) = default;
            First++;
        }
    }

    private ref Slot At(long offset) => ref _slots[offset & (_slots.Length - 1)];

    private void Grow()
    {
        var larger = new Slot[_slots.Length * 2];
        for (var offset = First; offset < End; offset++)
            larger[offset & (larger.Length - 1)] = At(offset);
        _slots = larger;
    }

    private readonly record struct Slot(bool Present, JudgedRow Row);
}
