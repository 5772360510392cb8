namespace Assay.Mapping.Csv;

/// <summary>What keeps bytes from being one CSV record.</summary>
public enum CsvFault
{
    None,

    /// <summary>A quoted field that is still open where the record ends.</summary>
    UnclosedQuote,

    /// <summary>Something other than a delimiter after the closing quote of a field.</summary>
    TextAfterQuote,

    /// <summary>A line break outside quotes: these are two records.</summary>
    LineBreak,
}
