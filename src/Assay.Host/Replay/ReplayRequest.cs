using Assay.Contracts.Verdicts;
using Assay.Host.Settings;

namespace Assay.Host.Replay;

/// <summary>What the command line of <c>assay replay</c> asks for.</summary>
public sealed record ReplayRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    public required string Profile { get; init; }

    /// <summary>Directory of the output files; null for the report alone.</summary>
    public string? Output { get; init; }

    public IReadOnlyList<string> Attacks { get; init; } = [];

    /// <summary>Sources that rows are dealt to where the profile names none; 1 or more.</summary>
    public int Sources { get; init; } = 1;

    /// <summary>Identities that rows are dealt to where the profile names none; null for one identity a source.</summary>
    public int? Identities { get; init; }

    public bool Shuffled { get; init; }

    public ulong Seed { get; init; }

    public DatasetMode Mode { get; init; } = DatasetMode.Enforce;

    /// <summary>Records to read at most; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Directory for the state of each source at the end; null for none.</summary>
    public string? State { get; init; }

    /// <summary>Ends with exit code 1 where anybody is distrusted at the end.</summary>
    public bool FailOnQuarantine { get; init; }

    /// <summary>Prints the summary as JSON instead of the report.</summary>
    public bool Json { get; init; }

    /// <exception cref="SettingsException">A number is out of range.</exception>
    public void Check()
    {
        foreach (var (option, value) in new[] { ("--sources", (long?)Sources), ("--identities", Identities), ("--limit", Limit) })
        {
            if (value is < 1)
                throw new SettingsException($"{option} {value}: expected 1 or more.");
        }
    }
}
