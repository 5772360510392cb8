using System.Text.Json;
using System.Text.Unicode;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Mapping.Csv;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Reading;

/// <summary>
/// Finds the source of a message and stops there. Where <see cref="ProfileReader"/> reads the message, both name the same source. Made by
/// <see cref="ProfileRegistry"/>; for one caller at a time.
/// </summary>
public sealed class ProfileRouter : IRecordRouter
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ReadLimits.MaxDepth };

    private readonly CompiledProfile _profile;
    private readonly ReadLimits _limits;
    private readonly StringPool _pool;
    private readonly string? _fixed;
    private readonly byte[][] _steps = [];
    private readonly byte[][]? _envelopeSteps;
    private readonly CsvLine? _line;
    private readonly int _column;

    internal ProfileRouter(CompiledProfile profile, string topic, ReadLimits limits, StringPool pool)
    {
        _profile = profile;
        _limits = limits;
        _pool = pool;
        switch (profile.SourceTarget?.Locator)
        {
            case null:
                _fixed = topic;
                break;
            case { Kind: LocatorKind.Constant } constant:
                _fixed = IdText.IsValid(constant.Value) ? constant.Value : IRecordRouter.Unrouted;
                break;
            case { Kind: LocatorKind.Column } column:
                _line = new CsvLine(profile.Profile.Dialect);
                _column = profile.Csv!.IndexOf(column.Value);
                break;
            case { Kind: LocatorKind.Pointer } pointer:
                _steps = JsonScan.Steps(pointer.Value);
                _envelopeSteps = [.. JsonScan.Steps("/data"), .. _steps];
                break;
            case { } header when CloudEventRules.Attribute(header) is { } attribute:
                _envelopeSteps = JsonScan.Steps("/" + attribute);
                break;
        }
    }

    /// <inheritdoc/>
    public string Route(in InputRecord input)
    {
        if (_fixed is not null)
            return _fixed;
        if (input.Value is not { } value || value.Length > _limits.MaxRecordBytes)
            return IRecordRouter.Unrouted;
        var locator = _profile.SourceTarget!.Locator;
        if (_line is not null)
            return _line.TrySplit(value) && _column < _line.Count ? Source(_line.Trimmed(_column)) : IRecordRouter.Unrouted;
        if (_profile.Profile.Format == ProfileFormat.CloudEvents
            && _envelopeSteps is not null
            && CloudEventRules.Mode(input) == CloudEventMode.Structured)
            return Scan(value, _envelopeSteps);
        return locator.Kind == LocatorKind.Header ? Source(input.Header(locator.Value)) : Scan(value, _steps);
    }

    private string Scan(byte[] value, byte[][] steps)
    {
        var reader = new Utf8JsonReader(value, Options);
        try
        {
            if (!JsonScan.TryFind(ref reader, steps))
                return IRecordRouter.Unrouted;
            if (!reader.ValueIsEscaped)
                return Source(reader.ValueSpan);
            var unescaped = reader.GetString()!;
            return Source(System.Text.Encoding.UTF8.GetBytes(unescaped));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return IRecordRouter.Unrouted;
        }
    }

    private string Source(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8.Length > ReadLimits.MaxIdChars * 3 || !Utf8.IsValid(utf8) || _profile.Missing.Contains(utf8))
            return IRecordRouter.Unrouted;
        var source = _pool.Get(utf8);
        return IdText.IsValid(source) ? source : IRecordRouter.Unrouted;
    }
}
