namespace Assay.Mapping.Csv;

/// <summary>How fields are set apart.</summary>
public sealed record CsvDialect
{
    public static CsvDialect Default { get; } = new();

    /// <param name="delimiter">Any ASCII byte but NUL, quote, CR and LF.</param>
    /// <param name="quotes">False where a quote is a character like any other, as in most tab-separated text; such fields hold neither
    /// delimiter nor line break.</param>
    /// <exception cref="ArgumentOutOfRangeException">The byte cannot separate fields.</exception>
    public CsvDialect(byte delimiter = (byte)',', bool quotes = true)
    {
        if (delimiter is (byte)'"' or (byte)'\r' or (byte)'\n' or 0 or > 127)
            throw new ArgumentOutOfRangeException(
                nameof(delimiter), delimiter, "A CSV delimiter is one ASCII character other than a quote or a line break.");
        Delimiter = delimiter;
        Quotes = quotes;
    }

    public byte Delimiter { get; }

    public bool Quotes { get; }

    /// <summary>Spaces and tabs, as far as they are not the delimiter.</summary>
    internal bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' && b != Delimiter;
}
