using Assay.Mapping.Csv;

namespace Assay.Mapping.Inference;

/// <summary>What was seen of a file, before fields are chosen.</summary>
internal sealed record ProfileDraft(string Dataset, string Format, List<ColumnSample> Samples)
{
    /// <summary>Names given to the columns of a CSV without a header.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    public CsvDialect Dialect { get; init; } = CsvDialect.Default;
}
