namespace Assay.Host.Commands;

/// <summary>What the program's exit code means; stable.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Done, and something is distrusted or a gate failed.</summary>
    public const int Distrusted = 1;

    /// <summary>Wrong use or unreadable input.</summary>
    public const int WrongUse = 2;

    /// <summary>A server could not be reached.</summary>
    public const int Unreachable = 3;
}
