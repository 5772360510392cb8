namespace Assay.Contracts.Trust;

/// <summary>The words for standings in messages, files and settings.</summary>
public static class StandingNames
{
    /// <exception cref="ArgumentOutOfRangeException">The number is none of the enumeration.</exception>
    public static string Name(this Standing standing) => standing switch
    {
        Standing.Unproven => "unproven",
        Standing.Trusted => "trusted",
        Standing.Watched => "watched",
        Standing.Contested => "contested",
        Standing.Quarantined => "quarantined",
        Standing.Paused => "paused",
        Standing.Revoked => "revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "has no name on the wire"),
    };

    public static bool TryParse(string name, out Standing standing)
    {
        foreach (var candidate in Enum.GetValues<Standing>())
        {
            if (candidate.Name() == name)
            {
                standing = candidate;
                return true;
            }
        }

        standing = Standing.Unproven;
        return false;
    }

    /// <summary>Orders standings by distrust. An identity of which nothing is proven is trusted less than one that has proven itself.</summary>
    public static int Distrust(this Standing standing) => standing == Standing.Trusted ? -1 : (int)standing;

    /// <summary>True for the standings whose records are held or rejected in <c>enforce</c>, whatever the dataset's policy.</summary>
    public static bool Withholds(this Standing standing) => standing is Standing.Quarantined or Standing.Paused or Standing.Revoked;
}
