namespace Assay.Mapping.Files;

/// <summary>How a file is cut into records.</summary>
public enum FileFormat
{
    /// <summary>RFC 4180; quoted fields may span lines.</summary>
    Csv,

    /// <summary>One JSON value a line.</summary>
    JsonLines,
}
