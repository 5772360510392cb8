namespace Assay.Mapping.Reading;

/// <summary>What a message may hold at most; larger ones are dead letters. Bounds what one writer can make a reader keep.</summary>
public sealed record ReadLimits
{
    public static ReadLimits Default { get; } = new();

    /// <summary>Bytes of the message's value; default 1 MiB, at least 1.</summary>
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>Features a record, and attributes a record, and provenance fields a record; default 512.</summary>
    public int MaxFields { get; init; } = 512;

    /// <summary>UTF-16 code units of one string; default 256 Ki.</summary>
    public int MaxStringChars { get; init; } = 256 * 1024;

    /// <summary>Dimensions of an embedding; default 8192.</summary>
    public int MaxEmbeddingDimensions { get; init; } = 8192;

    /// <summary>Levels of objects and arrays in JSON.</summary>
    public const int MaxDepth = 64;

    /// <summary>UTF-16 code units of an id, a source or an identity.</summary>
    public const int MaxIdChars = 256;

    /// <summary>Bytes of the dotted path to a field found by a wildcard.</summary>
    public const int MaxPathBytes = 1024;
}
