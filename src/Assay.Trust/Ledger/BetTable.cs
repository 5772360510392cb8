using System.Runtime.CompilerServices;
using Assay.Contracts.Evidence;
using Assay.Contracts.State;

namespace Assay.Trust.Ledger;

/// <summary>The bets of one identity with one detector, by slot, in pages of 64 that exist once a slot of theirs was touched.</summary>
internal sealed class BetTable
{
    public const int PageSlots = 64;

    public static readonly int PageBytes = (PageSlots * Unsafe.SizeOf<Bet>()) + 24;

    private Bet[]?[] _pages = [];

    /// <summary>Sum of the bets' masses.</summary>
    public double Mass { get; private set; }

    public int Pages { get; private set; }

    /// <param name="start">Start mass that the record hands to this detector; each slot receives its weight's share.</param>
    public void Observe(ReadOnlySpan<EValue> evidence, double start, long place, int maxSlots)
    {
        var change = 0.0;
        foreach (ref readonly var e in evidence)
        {
            if ((uint)e.Slot >= (uint)maxSlots)
                continue;
            change += Page(e.Slot / PageSlots)[e.Slot % PageSlots].Observe(e.Value, start * e.Weight, place);
        }

        Mass = Math.Max(0, Mass + change);
    }

    /// <summary>The subject (so many slots in a row) that the evidence is best told by: the largest log mass plus preference.</summary>
    /// <param name="preference">Of a subject by its first slot, in natural logarithms; asked for those with at least a thousandth of the largest mass.</param>
    /// <returns>Its first slot and the onset of its heaviest bet; slot −1 where no bet has mass.</returns>
    public (int Slot, long Onset) Best(int subjectSlots, Func<int, double> preference)
    {
        const double Least = 1e-3;
        var subjects = new List<(int Slot, double Mass, float Heaviest, long Onset)>();
        for (var p = 0; p < _pages.Length; p++)
        {
            for (var i = 0; _pages[p] is { } page && i < PageSlots; i++)
            {
                if (!(page[i].Mass > 0))
                    continue;
                var first = ((p * PageSlots) + i) / subjectSlots * subjectSlots;
                if (subjects.Count == 0 || subjects[^1].Slot != first)
                    subjects.Add((first, 0, 0, -1));
                var (slot, mass, heaviest, onset) = subjects[^1];
                subjects[^1] = page[i].Mass > heaviest
                    ? (slot, mass + page[i].Mass, page[i].Mass, page[i].Onset)
                    : (slot, mass + page[i].Mass, heaviest, onset);
            }
        }

        if (subjects.Count == 0)
            return (-1, -1);
        var floor = subjects.Max(s => s.Mass) * Least;
        var best = subjects.Where(s => s.Mass >= floor).MaxBy(s => Math.Log(s.Mass) + preference(s.Slot));
        return (best.Slot, best.Onset);
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)Pages);
        for (var p = 0; p < _pages.Length; p++)
        {
            if (_pages[p] is not { } page)
                continue;
            writer.Varint((ulong)p);
            foreach (ref readonly var bet in page.AsSpan())
            {
                writer.Single(bet.Mass);
                writer.Single(bet.Cusum);
                writer.Int64(bet.Onset);
            }
        }
    }

    public void Read(ref StateReader reader, int maxSlots)
    {
        var pages = reader.Length(PageSlots * 9);
        var sum = 0.0;
        for (var i = 0; i < pages; i++)
        {
            var number = reader.Varint();
            if (number >= (ulong)((maxSlots + PageSlots - 1) / PageSlots))
                throw new StateFormatException($"bet page {number} lies beyond the {maxSlots} slots allowed");
            foreach (ref var bet in Page((int)number).AsSpan())
            {
                bet = new Bet { Mass = reader.Single(), Cusum = reader.Single(), Onset = reader.Int64() };
                if (!(bet.Mass >= 0) || !(bet.Cusum >= 0))
                    throw new StateFormatException($"bet of mass {bet.Mass}, CUSUM {bet.Cusum} on page {number}");
                sum += bet.Mass;
            }
        }

        Mass = sum;
    }

    private Bet[] Page(int number)
    {
        if (number >= _pages.Length)
            Array.Resize(ref _pages, Math.Max(number + 1, Math.Min(_pages.Length * 2, number + 64)));
        if (_pages[number] is { } page)
            return page;
        Pages++;
        return _pages[number] = new Bet[PageSlots];
    }
}
