namespace Assay.Host.Replay.Output;

/// <summary>The folder that a replay writes, and the files in it that are a replay's own.</summary>
internal static class OutputFolder
{
    public const string Verdicts = "verdicts.jsonl";
    public const string Decisions = "decisions.jsonl";
    public const string Recalls = "recalls.jsonl";
    public const string Identities = "identities.jsonl";
    public const string Truth = "truth.jsonl";
    public const string DeadLetters = "dead-letters.jsonl";
    public const string Summary = "summary.json";

    private static readonly string[] Own = [Verdicts, Decisions, Recalls, Identities, Truth, DeadLetters, Summary];

    /// <summary>
    /// Makes the folder. Files of an earlier replay will be replaced; anything else in it is somebody's work and stops the replay.
    /// </summary>
    /// <exception cref="OutputException">It cannot be made or listed, or holds files that no replay wrote.</exception>
    public static void Prepare(string directory)
    {
        try
        {
            if (File.Exists(directory))
                throw new OutputException($"'{directory}' is a file. --out takes a folder.");
            Directory.CreateDirectory(directory);
            var foreign = Directory.EnumerateFileSystemEntries(directory)
                .Select(path => Path.GetFileName(path))
                .Where(name => !Own.Contains(name) && !Own.Contains(name.EndsWith(".tmp", StringComparison.Ordinal) ? name[..^4] : name))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault();
            if (foreign is not null)
                throw new OutputException($"'{directory}' holds '{foreign}', which no replay wrote. "
                    + "Choose an empty folder or that of an earlier replay with --out.");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OutputException($"'{directory}' may not be written by this user. Choose another folder with --out.", e);
        }
        catch (IOException e)
        {
            throw new OutputException($"'{directory}' cannot be used: {e.Message} Choose another folder with --out.", e);
        }
    }

    /// <summary>Removes what an earlier replay left and this one does not write.</summary>
    public static void RemoveStale(string directory, IReadOnlyCollection<string> written)
    {
        foreach (var name in Own.Except(written))
            File.Delete(Path.Combine(directory, name));
    }
}
