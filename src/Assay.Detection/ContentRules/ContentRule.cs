namespace Assay.Detection.ContentRules;

/// <summary>The rules, the worst first: of several broken ones with the same verdict the first is named.</summary>
internal enum ContentRule
{
    KnownBad,
    BadSignature,
    DigestMismatch,
    OutsideScope,
    Tags,
    BidiOverride,
    VariationPayload,
    ZeroWidth,
    Bidi,
    VariationSelectors,
    Control,
    UnknownKey,
}

internal static class ContentRuleTable
{
    private static readonly string[] _ids =
    [
        "known-bad-hash", "bad-signature", "digest-mismatch", "write-outside-scope", "hidden-unicode/tags", "hidden-unicode/bidi-override",
        "hidden-unicode/variation-payload", "hidden-unicode/zero-width", "hidden-unicode/bidi", "hidden-unicode/variation-selectors",
        "hidden-unicode/control", "unknown-key",
    ];

    public static int Count => _ids.Length;

    /// <summary>Permanent: it stands in verdicts and settings.</summary>
    public static string Id(this ContentRule rule) => _ids[(int)rule];

    /// <summary>The action of each rule, indexed by it.</summary>
    public static RuleAction[] Actions(ContentRulesOptions options) =>
    [
        options.KnownBad, options.BadSignature, options.DigestMismatch, options.OutsideScope, options.Tags, options.BidiOverride,
        options.VariationPayload, options.ZeroWidth, options.Bidi, options.VariationSelectors, options.Control, options.UnknownKey,
    ];
}
