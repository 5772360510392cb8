using Assay.Contracts.Records;

namespace Assay.Mapping.Profiles;

/// <summary>The words of the profile file.</summary>
internal static class ProfileKeys
{
    /// <summary>Every top-level key, in the order of the documentation.</summary>
    public static readonly string[] All =
    [
        "$schema", "name", "format", "columns", "delimiter", "quotes", "dataset", "kind", "assurance", "id", "time", "source", "identity",
        "owner", "label", "text", "embedding", "target", "value", "tool", "reward", "features", "attributes", "provenance", "missing",
    ];

    public static readonly Dictionary<string, ProfileFormat> Formats = new()
    {
        ["csv"] = ProfileFormat.Csv,
        ["jsonl"] = ProfileFormat.JsonLines,
        ["cloudevents"] = ProfileFormat.CloudEvents,
    };

    public static readonly Dictionary<string, Contracts.Records.RecordKind> Kinds = new()
    {
        ["ingestion"] = Contracts.Records.RecordKind.Ingestion,
        ["feedback"] = Contracts.Records.RecordKind.Feedback,
    };

    public static readonly Dictionary<string, Assurance> Assurances = new()
    {
        ["signed"] = Assurance.Signed,
        ["proxy"] = Assurance.Proxy,
        ["topic-acl"] = Assurance.TopicAcl,
        ["self-asserted"] = Assurance.SelfAsserted,
    };

    public static readonly Dictionary<string, TimeUnit> Units = new()
    {
        ["iso"] = TimeUnit.Iso,
        ["s"] = TimeUnit.Seconds,
        ["ms"] = TimeUnit.Milliseconds,
        ["us"] = TimeUnit.Microseconds,
        ["ns"] = TimeUnit.Nanoseconds,
    };

    /// <summary>Whether the same value in every record makes sense for the field; <c>features/age</c> counts as <c>features</c>.</summary>
    public static bool MayBeConstant(string key) => Field(key) is not ("id" or "time" or "text" or "embedding");

    /// <summary>
    /// Whether a CSV profile may give the constant as a plain string that is no column; elsewhere it is taken for a misspelt column.
    /// </summary>
    public static bool MayBePlainConstant(string key) =>
        Field(key) is "source" or "identity" or "owner" or "dataset" or "tool" or "provenance";

    public static bool IsNumber(string key) => Field(key) is "features" or "value" or "reward";

    private static string Field(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? key : key[..slash];
    }
}
