using Assay.Contracts.Records;
using Assay.Mapping.Csv;

namespace Assay.Mapping.Profiles;

/// <summary>How messages are written.</summary>
public enum ProfileFormat
{
    Csv,

    /// <summary>One JSON value a message.</summary>
    JsonLines,

    /// <summary>CloudEvents 1.0 on Kafka; binary or structured is decided message by message.</summary>
    CloudEvents,
}

/// <summary>
/// How the messages of a topic become records (<c>docs/profiles.md</c>). Immutable; change it with <c>with</c>. A field without a locator
/// is absent,
/// but for the defaults that its property states.
/// </summary>
public sealed record Profile
{
    /// <summary>Where the profile was read from; named in messages.</summary>
    public string File { get; init; } = "profile";

    public string? Name { get; init; }

    public required ProfileFormat Format { get; init; }

    public RecordKind Kind { get; init; } = RecordKind.Ingestion;

    /// <summary>Null where nobody has stated it: <see cref="Assurance.SelfAsserted"/> for what comes over Kafka.</summary>
    public Assurance? Assurance { get; init; }

    public required Locator Dataset { get; init; }

    /// <summary>Default: <c>topic/partition/offset</c>; for CloudEvents the event's id.</summary>
    public Locator? Id { get; init; }

    /// <summary>For CloudEvents by default the event's time.</summary>
    public Locator? Time { get; init; }

    /// <summary>Default: the name of the topic; for CloudEvents the event's source.</summary>
    public Locator? Source { get; init; }

    /// <summary>Default: the source.</summary>
    public Locator? Identity { get; init; }

    public Locator? Owner { get; init; }

    public Locator? Label { get; init; }

    public Locator? Text { get; init; }

    public Locator? Embedding { get; init; }

    public Locator? Target { get; init; }

    public Locator? Value { get; init; }

    public Locator? Tool { get; init; }

    public Locator? Reward { get; init; }

    public FieldMap Features { get; init; } = FieldMap.Empty;

    public FieldMap Attributes { get; init; } = FieldMap.Empty;

    public FieldMap Provenance { get; init; } = FieldMap.Empty;

    /// <summary>Values that stand for "nothing here". Default: the empty cell in CSV, nothing in JSON (where null always does).</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>CSV without a header line: the names of its columns, in order. Null where a header or the caller gives them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    public CsvDialect Dialect { get; init; } = CsvDialect.Default;

    /// <exception cref="ProfileException">The file cannot be read, or is no valid profile.</exception>
    public static Profile Load(string path)
    {
        try
        {
            return Parse(System.IO.File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException([new ProfileError(path, 0, "", $"cannot be read: {e.Message}")]);
        }
    }

    /// <param name="utf8">The profile's JSON, with or without byte order mark.</param>
    /// <param name="file">Named in messages.</param>
    /// <exception cref="ProfileException">No valid profile; the message lists every fault with its line.</exception>
    public static Profile Parse(ReadOnlySpan<byte> utf8, string file = "profile") => new ProfileBinder(file).Bind(utf8);
}
