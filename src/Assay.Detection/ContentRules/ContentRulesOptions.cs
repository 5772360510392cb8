using System.ComponentModel.DataAnnotations;

namespace Assay.Detection.ContentRules;

/// <summary>Settings of the detector <c>content-rules</c>. Signs that clean content never shows are rejected by default, ambiguous ones held; <c>Quarantine</c> is for who wants a rule to end a writer's trust.</summary>
public sealed class ContentRulesOptions
{
    /// <summary>Tag characters (U+E0000 to U+E007F) outside the flags of England, Scotland and Wales. Default Reject.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction Tags { get; set; } = RuleAction.Reject;

    /// <summary>Zero-width and invisible characters where no script or emoji needs them. Default Hold.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction ZeroWidth { get; set; } = RuleAction.Hold;

    /// <summary>A bidirectional override (U+202D, U+202E) in text without a right-to-left letter. Default Reject.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction BidiOverride { get; set; } = RuleAction.Reject;

    /// <summary>Right-to-left controls without a right-to-left letter, and controls that a line does not close. Default Hold.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction Bidi { get; set; } = RuleAction.Hold;

    /// <summary>Three or more variation selectors in a row: a hidden message. Default Reject.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction VariationPayload { get; set; } = RuleAction.Reject;

    /// <summary>A variation selector on a base that has no variants. Default Hold.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction VariationSelectors { get; set; } = RuleAction.Hold;

    /// <summary>Control characters U+0000 to U+001F other than tab, line feed, form feed and carriage return, and U+007F. Default Hold.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction Control { get; set; } = RuleAction.Hold;

    /// <summary>Provenance <c>sha256</c> is not the digest of the text. Default Reject.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction DigestMismatch { get; set; } = RuleAction.Reject;

    /// <summary>The text's digest is in <see cref="KnownBadSha256"/>. Default Reject.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction KnownBad { get; set; } = RuleAction.Reject;

    /// <summary>An identity of <see cref="Scopes"/> writes to another dataset than it may. Default Reject.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction OutsideScope { get; set; } = RuleAction.Reject;

    /// <summary>Provenance <c>signature</c> does not verify with the key that it names. Default Reject.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction BadSignature { get; set; } = RuleAction.Reject;

    /// <summary>Provenance has a <c>signature</c>, but its <c>key</c> is missing or not in <see cref="PublicKeys"/>. Default Hold.</summary>
    [EnumDataType(typeof(RuleAction))]
    public RuleAction UnknownKey { get; set; } = RuleAction.Hold;

    /// <summary>SHA-256 of the UTF-8 of texts that must not come in, 64 hexadecimal digits each. Default none.</summary>
    public IList<string> KnownBadSha256 { get; init; } = [];

    /// <summary>Identity to the datasets that it may write to. Identities that are not listed are not limited. Default none.</summary>
    public IDictionary<string, string[]> Scopes { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>Name of a key to its PEM (<c>BEGIN PUBLIC KEY</c>, ECDSA on P-256). Default none: signatures are then not checked.</summary>
    public IDictionary<string, string> PublicKeys { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
