using Assay.Mapping.Csv;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Reading;

/// <summary>What a profile wants of each column.</summary>
internal sealed class CsvPlan
{
    public CsvPlan(Profile profile, IReadOnlyList<string> columns, IReadOnlyList<FieldTarget> fields)
    {
        Dialect = profile.Dialect;
        Columns = columns.Select(name =>
        {
            var targets = fields.Where(f => f.Locator.Kind == LocatorKind.Column && f.Locator.Value == name).ToArray();
            return new CsvColumn(name, targets, targets.Length == 0);
        }).ToArray();
        Features = profile.Features.Wildcard is not null;
        Attributes = profile.Attributes.Wildcard is not null;
        Provenance = profile.Provenance.Wildcard is not null;
    }

    public CsvDialect Dialect { get; }

    public CsvColumn[] Columns { get; }

    /// <summary>Whether unused columns are features where they hold numbers, and attributes where not.</summary>
    public bool Features { get; }

    /// <summary>Whether unused columns are attributes; all of them where they are not features.</summary>
    public bool Attributes { get; }

    /// <summary>Whether unused columns are provenance fields.</summary>
    public bool Provenance { get; }

    public int IndexOf(string column) => Array.FindIndex(Columns, c => c.Name == column);
}

/// <param name="Targets">What its cells are read as.</param>
/// <param name="IsUnused">Whether it is there for wildcards.</param>
internal sealed record CsvColumn(string Name, FieldTarget[] Targets, bool IsUnused)
{
    public string FeatureRule { get; } = $"features/{Name}";

    public string AttributeRule { get; } = $"attributes/{Name}";

    public string Place { get; } = Locator.Column(Name).Place;
}
