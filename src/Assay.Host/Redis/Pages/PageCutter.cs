namespace Assay.Host.Redis.Pages;

/// <summary>
/// Cuts a state into pages where its content says so (a gear hash: Xia et al., FastCDC, USENIX ATC 2016), so that what is inserted, grows or goes changes the
/// page that it stands in, and hardly ever another. Pure; the same bytes are always cut in the same way.
/// </summary>
internal static class PageCutter
{
    /// <summary>Bytes of a page at least, but for the last.</summary>
    public const int Smallest = 1024;

    /// <summary>Bytes of a page at most.</summary>
    public const int Largest = 32 * 1024;

    // A cut falls, beyond the smallest page, in one place of so many: pages of about 5 KiB.
    private const ulong Mask = 0xFFFUL << 48;

    private static readonly ulong[] Gear = Table();

    /// <returns>Where each page ends.</returns>
    public static List<int> Cut(ReadOnlySpan<byte> data)
    {
        var ends = new List<int>((data.Length / (Smallest * 5)) + 1);
        for (var start = 0; start < data.Length;)
        {
            start += Length(data[start..]);
            ends.Add(start);
        }

        return ends;
    }

    private static int Length(ReadOnlySpan<byte> data)
    {
        if (data.Length <= Smallest)
            return data.Length;
        var limit = Math.Min(data.Length, Largest);
        var hash = 0UL;
        // The hash depends on the 64 bytes before a cut.
        for (var i = Smallest - 64; i < limit; i++)
        {
            hash = (hash << 1) + Gear[data[i]];
            if (i >= Smallest && (hash & Mask) == 0)
                return i + 1;
        }

        return limit;
    }

    /// <summary>SplitMix64 from 1. Part of nothing that is stored: another table would only cut elsewhere.</summary>
    private static ulong[] Table()
    {
        var table = new ulong[256];
        var state = 1UL;
        for (var i = 0; i < table.Length; i++)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            table[i] = z ^ (z >> 31);
        }

        return table;
    }
}
