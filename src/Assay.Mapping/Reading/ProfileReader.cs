using System.Globalization;
using System.IO.Hashing;
using System.Text.Unicode;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Reading;

/// <summary>
/// Reads the messages of one partition by a profile. Allocates nothing a record but the strings and vectors that the record brings. Made by
/// <see cref="ProfileRegistry"/>; for one caller at a time.
/// </summary>
public sealed class ProfileReader : IRecordReader
{
    private readonly CompiledProfile _profile;
    private readonly ReadLimits _limits;
    private readonly RecordBuilder _builder;
    private readonly JsonBody? _json;
    private readonly CsvBody? _csv;
    private readonly string _topic;
    private readonly string _idPrefix;

    internal ProfileReader(CompiledProfile profile, string topic, int partition, ReadLimits limits, StringPool pool)
    {
        _profile = profile;
        _limits = limits;
        _topic = topic;
        _idPrefix = string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}/");
        _builder = new RecordBuilder(limits, pool, profile.Missing);
        if (profile.Csv is { } csv)
            _csv = new CsvBody(csv, _builder);
        if (profile.Json is { } json)
            _json = new JsonBody(json, limits, _builder);
    }

    /// <inheritdoc/>
    public bool TryRead(in InputRecord input, Record record, out ReadFailure failure)
    {
        _builder.Start(record);
        record.Kind = _profile.Profile.Kind;
        record.Offset = input.Offset;
        record.AppendTimeMs = input.AppendTimeMs;
        var fine = input.Value is { } value
            ? MessageRules.Check(value, _limits, _builder) && Constants() && Read(input, value) && Complete(input.Offset)
            : MessageRules.Tombstone(_builder);
        failure = _builder.Failure!;
        return fine;
    }

    private bool Constants()
    {
        foreach (var (target, value) in _profile.Constants)
        {
            if (!_builder.Set(target, ValueKind.Constant, value))
                return false;
        }

        return true;
    }

    private bool Read(in InputRecord input, byte[] value)
    {
        _builder.Record.ContentHash = XxHash3.HashToUInt64(value);
        if (_csv is not null)
            return Headers(input, true) && _csv.Read(value);
        if (_profile.Profile.Format != ProfileFormat.CloudEvents)
            return Headers(input, true) && _json!.Read(_profile.Json!.Root, value);
        return CloudEventRules.Mode(input) switch
        {
            CloudEventMode.Binary => Binary(input) && Headers(input, true) && _json!.Read(_profile.Json!.Root, value),
            CloudEventMode.Structured => Headers(input, false) && _json!.Read(_profile.Json!.Envelope!, value)
                && CloudEventRules.CheckComplete(_builder),
            CloudEventMode.OtherEncoding => CloudEventRules.NotJson(_builder),
            _ => CloudEventRules.NoEvent(_builder),
        };
    }

    private bool Binary(in InputRecord input)
    {
        var contentType = input.Header("content-type");
        return CloudEventRules.CheckVersion(Quoted.Plain(input.Header("ce_specversion")), _builder)
            && (contentType is null || CloudEventRules.CheckContentType(Quoted.Plain(contentType), _builder));
    }

    /// <param name="attributes">Whether <c>ce_…</c> names a header; false where the event's attributes are in its envelope.</param>
    private bool Headers(in InputRecord input, bool attributes)
    {
        foreach (var target in _profile.Headers)
        {
            if (!attributes && CloudEventRules.Attribute(target.Locator) is not null)
                continue;
            if (input.Header(target.Locator.Value) is not { } value)
                continue;
            if (!Utf8.IsValid(value))
                return _builder.Fail(ReadFailure.Stages.Decode, target.Rule, $"{target.Rule}: the value {target.Place} is no valid UTF-8");
            if (!_builder.Set(target, ValueKind.Cell, value))
                return false;
        }

        return true;
    }

    /// <summary>Checks what every record has, and fills in the defaults.</summary>
    private bool Complete(long offset)
    {
        var record = _builder.Record;
        var profile = _profile.Profile;
        if (record.Dataset.Length == 0)
            return Absent("dataset", profile.Dataset);
        if (record.Source.Length == 0)
        {
            if (profile.Source is { } source)
                return Absent("source", source);
            record.Source = _topic;
        }

        if (record.Identity.Length == 0)
        {
            if (profile.Identity is { } identity)
                return Absent("identity", identity);
            record.Identity = record.Source;
        }

        if (!record.HasOwnId)
            record.Id = DefaultId(offset);
        return true;
    }

    private string DefaultId(long offset)
    {
        Span<char> digits = stackalloc char[20];
        offset.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return string.Concat(_idPrefix, digits[..length]);
    }

    private bool Absent(string key, Locator locator) =>
        _builder.Fail(ReadFailure.Stages.Map, key, $"{key}: nothing {locator.Place}, and every record needs one");
}
