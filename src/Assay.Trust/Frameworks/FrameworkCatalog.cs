using System.Text.Json;

namespace Assay.Trust.Frameworks;

/// <summary>
/// Which entries of ATLAS, OWASP and NIST a detector's findings belong to. The lists move, so the mapping is data with a version
/// (<c>frameworks.json</c>), not code.
/// </summary>
public sealed class FrameworkCatalog
{
    private readonly string[] _any;
    private readonly Dictionary<string, string[]> _detectors;

    private FrameworkCatalog(string version, string[] any, Dictionary<string, string[]> detectors)
    {
        Version = version;
        _any = any;
        _detectors = detectors;
    }

    /// <summary>The catalog that ships with the program.</summary>
    public static FrameworkCatalog Shipped { get; } = ReadShipped();

    public string Version { get; }

    /// <summary>Identifiers for a detector or rule; those of data poisoning in general for one that the catalog does not know, or none.</summary>
    public string[] Of(string? detector) => detector is not null && _detectors.TryGetValue(detector, out var ids) ? ids : _any;

    /// <exception cref="JsonException">Not a catalog.</exception>
    public static FrameworkCatalog Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (!root.TryGetProperty("version", out var version) || !root.TryGetProperty("any", out var any)
            || !root.TryGetProperty("detectors", out var detectors))
            throw new JsonException("A framework catalog has version, any and detectors.");
        return new FrameworkCatalog(
            version.GetString() ?? throw new JsonException("The version of a framework catalog is a string."),
            Strings(any),
            detectors.EnumerateObject().ToDictionary(d => d.Name, d => Strings(d.Value), StringComparer.Ordinal));
    }

    private static FrameworkCatalog ReadShipped()
    {
        using var stream = typeof(FrameworkCatalog).Assembly.GetManifestResourceStream("Assay.Trust.Frameworks.frameworks.json")
            ?? throw new InvalidOperationException("frameworks.json is not in the assembly.");
        return Read(stream);
    }

    private static string[] Strings(JsonElement array) =>
        [.. array.EnumerateArray().Select(e => e.GetString() ?? throw new JsonException("A framework identifier is a string."))];
}
