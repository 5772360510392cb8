namespace Assay.Mapping.Profiles;

/// <summary>Named fields, and perhaps everything else under a pointer.</summary>
/// <param name="Fields">In the order of the profile, names unique.</param>
/// <param name="Wildcard">The root under which every value that no other field uses is taken, named by its dotted path; null
/// without.</param>
public sealed record FieldMap(IReadOnlyList<NamedLocator> Fields, Locator? Wildcard)
{
    public static FieldMap Empty { get; } = new([], null);

    public bool IsEmpty => Fields.Count == 0 && Wildcard is null;
}

public sealed record NamedLocator(string Name, Locator Locator);
