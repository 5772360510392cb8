namespace Assay.Mapping.Profiles;

public enum LocatorKind
{
    /// <summary>The value itself.</summary>
    Constant,

    /// <summary>A Kafka header by name; <c>ce_…</c> also names an attribute of a structured CloudEvent.</summary>
    Header,

    /// <summary>A CSV column by name.</summary>
    Column,

    /// <summary>A JSON pointer (RFC 6901).</summary>
    Pointer,

    /// <summary>A plain string in a CSV profile: a column name or a constant, decided when the columns are known.</summary>
    ColumnOrConstant,
}

/// <summary>How a time is written.</summary>
public enum TimeUnit
{
    /// <summary>
    /// ISO 8601, or a number since the Unix epoch whose magnitude tells seconds, milliseconds, microseconds or nanoseconds.
    /// </summary>
    Auto,
    Iso,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

/// <summary>Where a field's value is found.</summary>
public sealed record Locator(LocatorKind Kind, string Value)
{
    /// <summary>Meaningful for the record's time only.</summary>
    public TimeUnit Unit { get; init; }

    /// <summary>A .NET date and time format, for times that are neither ISO 8601 nor a number; null without. Read as UTC.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Line in the profile file, 1-based; 0 where the locator was made in code.</summary>
    public int Line { get; init; }

    public static Locator Constant(string value) => new(LocatorKind.Constant, value);

    public static Locator Header(string name) => new(LocatorKind.Header, name);

    public static Locator Column(string name) => new(LocatorKind.Column, name);

    public static Locator Pointer(string pointer) => new(LocatorKind.Pointer, pointer);

    /// <summary>For messages: <c>at /a/b</c>, <c>in column "a"</c>, <c>in header "a"</c>.</summary>
    public string Place => Kind switch
    {
        LocatorKind.Pointer => Value.Length == 0 ? "at the root" : $"at {Value}",
        LocatorKind.Header => $"in header \"{Value}\"",
        LocatorKind.Constant => "as a constant",
        _ => $"in column \"{Value}\"",
    };
}
