namespace Assay.Detection;

/// <summary>Every detector that Assay knows, in order of id.</summary>
public static class DetectorCatalog
{
    public static IReadOnlyList<IDetectorFactory> All { get; } =
    [
        .. typeof(DetectorCatalog).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, IsInterface: false } && typeof(IDetectorFactory).IsAssignableFrom(t))
            .Select(t => (IDetectorFactory)Activator.CreateInstance(t)!)
            .OrderBy(f => f.Id, StringComparer.Ordinal),
    ];

    /// <exception cref="KeyNotFoundException">No detector has that id; the message lists those there are.</exception>
    public static IDetectorFactory Get(string id) =>
        All.FirstOrDefault(f => f.Id == id)
        ?? throw new KeyNotFoundException($"No detector is called '{id}'. There are: {string.Join(", ", All.Select(f => f.Id))}.");
}
