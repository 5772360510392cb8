using Assay.Mapping.Profiles;

namespace Assay.Mapping.Reading;

/// <summary>Which part of the record a value goes to.</summary>
internal enum FieldRole : byte
{
    Dataset,
    Id,
    Time,
    Source,
    Identity,
    Owner,
    Label,
    Text,
    Embedding,
    Target,
    Value,
    Tool,
    Reward,
    Feature,
    Attribute,
    Provenance,

    /// <summary>Of a structured CloudEvent: <c>specversion</c>.</summary>
    SpecVersion,

    /// <summary>Of a CloudEvent: <c>datacontenttype</c>.</summary>
    ContentType,
}

/// <summary>What a value is, by its syntax.</summary>
internal enum ValueKind : byte
{
    /// <summary>A CSV cell or a header: what it is, is for the profile to say.</summary>
    Cell,
    String,
    Number,
    Boolean,
    Null,
    Object,
    Array,

    /// <summary>A constant of the profile.</summary>
    Constant,
}

/// <summary>One field of the profile, ready for use.</summary>
/// <param name="Rule">The field's key in the profile; the rule that a bad value breaks.</param>
/// <param name="Name">Name of a feature, attribute or provenance field; empty for the others.</param>
internal sealed record FieldTarget(FieldRole Role, string Rule, string Name, Locator Locator)
{
    public string Place { get; } = Locator.Place;
}
