namespace Assay.Mapping.Profiles;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class Suggestion
{
    /// <summary><c> Did you mean "x"?</c> with a leading blank, or nothing where no candidate is near.</summary>
    public static string DidYouMean(string written, IEnumerable<string> candidates)
    {
        var best = Nearest(written, candidates, Math.Max(2, written.Length / 3));
        return best is null ? "" : $" Did you mean \"{best}\"?";
    }

    /// <summary>The first of the nearest candidates within <paramref name="limit"/> edits, case ignored.</summary>
    public static string? Nearest(string written, IEnumerable<string> candidates, int limit)
    {
        string? best = null;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - written.Length) > limit)
                continue;
            var distance = Distance(written, candidate);
            if (distance > limit)
                continue;
            best = candidate;
            limit = distance - 1;
            if (limit < 0)
                break;
        }

        return best;
    }

    /// <summary>
    /// Optimal string alignment distance (Damerau 1964, restricted): insertions, deletions, substitutions, swaps of neighbours.
    /// </summary>
    public static int Distance(string a, string b)
    {
        a = a.ToUpperInvariant();
        b = b.ToUpperInvariant();
        var beforeLast = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[b.Length];
    }
}
