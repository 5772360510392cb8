namespace Assay.Evaluation;

/// <summary>Where the data sets lie: <c>ASSAY_DATA</c>, or <c>../shared/data</c> beside the repository.</summary>
internal static class EvaluationData
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("ASSAY_DATA") ?? Default();

    private static string Default()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Streaming.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? ".", "shared", "data");
    }
}
