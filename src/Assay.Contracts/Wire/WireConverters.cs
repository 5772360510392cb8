using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Wire;

internal sealed class VerdictKindConverter : JsonConverter<VerdictKind>
{
    public override VerdictKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name && VerdictNames.TryParseKind(Encoding.UTF8.GetBytes(name), out var kind)
            ? kind
            : throw new JsonException("expected admit, hold, reject or dead-letter");

    public override void Write(Utf8JsonWriter writer, VerdictKind value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}

internal sealed class DatasetModeConverter : JsonConverter<DatasetMode>
{
    public override DatasetMode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name && VerdictNames.TryParseMode(name, out var mode)
            ? mode
            : throw new JsonException("expected observe, mark or enforce");

    public override void Write(Utf8JsonWriter writer, DatasetMode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}

internal sealed class StandingConverter : JsonConverter<Standing>
{
    public override Standing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name && StandingNames.TryParse(name, out var standing)
            ? standing
            : throw new JsonException("expected a standing: unproven, trusted, watched, contested, quarantined, paused or revoked");

    public override void Write(Utf8JsonWriter writer, Standing value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}

internal sealed class RoundedConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteRounded(value);
}
