using Assay.Contracts.Records;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Reading;

/// <summary>How a CloudEvent lies in a Kafka message (CloudEvents 1.0.2, Kafka protocol binding).</summary>
internal enum CloudEventMode
{
    /// <summary>Attributes in <c>ce_…</c> headers, the data as the value.</summary>
    Binary,

    /// <summary>The whole event as JSON in the value.</summary>
    Structured,

    /// <summary>Structured, but a batch or not JSON.</summary>
    OtherEncoding,

    None,
}

/// <summary>The parts of the CloudEvents specification that reading depends on.</summary>
internal static class CloudEventRules
{
    public const string Rule = "cloudevents";

    public const string Base64Data = "data_base64";

    private const string HeaderPrefix = "ce_";

    /// <summary>The attribute of a structured event that a header of the binary mode stands for; null for other locators.</summary>
    public static string? Attribute(Locator locator) =>
        locator.Kind == LocatorKind.Header && locator.Value.StartsWith(HeaderPrefix, StringComparison.Ordinal)
            ? locator.Value[HeaderPrefix.Length..]
            : null;

    public static CloudEventMode Mode(in InputRecord input)
    {
        var contentType = input.Header("content-type");
        if (StartsWith(contentType, "application/cloudevents+json"u8))
            return CloudEventMode.Structured;
        if (StartsWith(contentType, "application/cloudevents"u8))
            return CloudEventMode.OtherEncoding;
        return input.Header("ce_specversion") is null ? CloudEventMode.None : CloudEventMode.Binary;
    }

    public static bool CheckVersion(string version, RecordBuilder builder) =>
        version == "1.0"
        || builder.Fail(ReadFailure.Stages.Decode, Rule, $"CloudEvents version {Quoted.Text(version)} is not read; only 1.0 is");

    public static bool CheckContentType(string contentType, RecordBuilder builder) =>
        contentType.Contains("json", StringComparison.OrdinalIgnoreCase)
        || builder.Fail(ReadFailure.Stages.Decode, Rule, $"the event's data is {Quoted.Text(contentType)}; only JSON data is read");

    /// <summary>To be called when a structured event was read.</summary>
    public static bool CheckComplete(RecordBuilder builder) =>
        builder.SawSpecVersion
        || builder.Fail(ReadFailure.Stages.Decode, Rule, "the event has no specversion; a structured CloudEvent names 1.0");

    public static bool NoEvent(RecordBuilder builder) => builder.Fail(
        ReadFailure.Stages.Decode,
        Rule,
        "no CloudEvent: neither a header ce_specversion (binary mode) nor the content-type application/cloudevents+json (structured mode); "
        + "for plain JSON use format jsonl");

    public static bool NotJson(RecordBuilder builder) => builder.Fail(
        ReadFailure.Stages.Decode, Rule, "structured CloudEvents are read as application/cloudevents+json only, one event a message");

    private static bool StartsWith(byte[]? value, ReadOnlySpan<byte> prefix) =>
        value?.Length >= prefix.Length && System.Text.Ascii.EqualsIgnoreCase(value.AsSpan(0, prefix.Length), prefix);
}
