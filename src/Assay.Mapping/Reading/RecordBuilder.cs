using System.Runtime.InteropServices;
using System.Text;
using Assay.Contracts.Records;

namespace Assay.Mapping.Reading;

/// <summary>
/// Puts values into a record and checks each against the profile and the limits. Every method answers false once, with
/// <see cref="Failure"/> set, when
/// the record is lost.
/// </summary>
internal sealed class RecordBuilder(ReadLimits limits, StringPool pool, Utf8Set missing)
{
    private readonly List<float> _vector = [];

    public Record Record { get; private set; } = new();

    public ReadFailure? Failure { get; private set; }

    /// <summary>Whether a structured CloudEvent named its <c>specversion</c>.</summary>
    public bool SawSpecVersion { get; private set; }

    public void Start(Record record)
    {
        record.Clear();
        Record = record;
        Failure = null;
        SawSpecVersion = false;
    }

    public bool Fail(string stage, string rule, string reason)
    {
        Failure = new ReadFailure(stage, rule, reason);
        return false;
    }

    /// <param name="value">Valid UTF-8 without quotes and escapes; empty for null, objects and arrays.</param>
    public bool Set(FieldTarget target, ValueKind kind, ReadOnlySpan<byte> value)
    {
        if (IsMissing(kind, value))
            return true;
        switch (target.Role)
        {
            case FieldRole.Value or FieldRole.Reward or FieldRole.Feature:
                return SetNumber(target, kind, value);
            case FieldRole.Time:
                return SetTime(target, kind, value);
            case FieldRole.Embedding:
                return kind == ValueKind.Cell
                    ? EmbeddingCell.TryParse(value, _vector, limits, target, this) && SetEmbedding(_vector)
                    : Wrong(target, "an array of numbers", kind, value);
            default:
                return SetText(target, kind, value);
        }
    }

    public bool SetEmbedding(List<float> vector)
    {
        Record.Embedding = CollectionsMarshal.AsSpan(vector).ToArray();
        return true;
    }

    /// <summary>Whether the value says that there is nothing.</summary>
    public bool IsMissing(ValueKind kind, ReadOnlySpan<byte> value) => kind switch
    {
        ValueKind.Null => true,
        ValueKind.Cell or ValueKind.String or ValueKind.Number => missing.Contains(value),
        _ => false,
    };

    public bool AddFeature(string name, double value)
    {
        if (Record.Features.Count >= limits.MaxFields)
            return Full("features");
        Record.Features.Add(name, value);
        return true;
    }

    public bool AddAttribute(string name, string value)
    {
        if (Record.Attributes.Count >= limits.MaxFields)
            return Full("attributes");
        Record.Attributes.Add(name, value);
        return true;
    }

    public bool AddProvenance(string name, string value)
    {
        if (Record.Provenance.Count >= limits.MaxFields)
            return Full("provenance");
        Record.Provenance.Add(name, value);
        return true;
    }

    /// <summary>A value as a string, pooled where it is short.</summary>
    /// <param name="repeats">False for values that do not come again: a pool would only keep them alive.</param>
    public bool TryString(string rule, ReadOnlySpan<byte> value, out string text, bool repeats = true)
    {
        text = "";
        if (value.Length > limits.MaxStringChars && Encoding.UTF8.GetCharCount(value) > limits.MaxStringChars)
            return Fail(ReadFailure.Stages.Map, "max-string-chars", $"{rule}: the text is longer than {limits.MaxStringChars} characters");
        text = repeats ? pool.Get(value) : Encoding.UTF8.GetString(value);
        return true;
    }

    public bool NotFinite(string rule, string place, ReadOnlySpan<byte> value) => Fail(
        ReadFailure.Stages.Map,
        rule,
        $"{rule}: expected a finite number {place}, found {Quoted.Text(value)}; list it under \"missing\" if it stands for that");

    public bool Wrong(FieldTarget target, string expected, ValueKind kind, ReadOnlySpan<byte> value) => Fail(
        ReadFailure.Stages.Map, target.Rule, $"{target.Rule}: expected {expected} {target.Place}, found {Quoted.Described(kind, value)}");

    private bool SetNumber(FieldTarget target, ValueKind kind, ReadOnlySpan<byte> value)
    {
        if (kind is ValueKind.Boolean or ValueKind.Object or ValueKind.Array)
            return Wrong(target, "a number", kind, value);
        switch (NumberText.Parse(value, out var number))
        {
            case NumberOutcome.NoNumber:
                return Wrong(target, "a number", kind, value);
            case NumberOutcome.NotFinite:
                return NotFinite(target.Rule, target.Place, value);
        }

        switch (target.Role)
        {
            case FieldRole.Value:
                Record.Value = number;
                return true;
            case FieldRole.Reward:
                Record.Reward = number;
                return true;
            default:
                return AddFeature(target.Name, number);
        }
    }

    private bool SetTime(FieldTarget target, ValueKind kind, ReadOnlySpan<byte> value)
    {
        var isText = kind is ValueKind.Cell or ValueKind.String or ValueKind.Number;
        if (!isText || !TimeText.TryParse(value, target.Locator, out var time))
            return Wrong(target, Expected(target), kind, value);
        Record.EventTime = time;
        return true;
    }

    private static string Expected(FieldTarget target) => target.Locator switch
    {
        { TimeFormat: { } format } => $"a time written as {format}",
        { Unit: Profiles.TimeUnit.Auto } => "a time (ISO 8601, or a number since 1970)",
        { Unit: Profiles.TimeUnit.Iso } => "an ISO 8601 time",
        { Unit: var unit } => $"{unit.ToString().ToLowerInvariant()} since 1970",
    };

    private bool SetText(FieldTarget target, ValueKind kind, ReadOnlySpan<byte> value)
    {
        var role = target.Role;
        var fits = kind switch
        {
            ValueKind.Cell or ValueKind.String or ValueKind.Constant => true,
            ValueKind.Number => role != FieldRole.Text,
            ValueKind.Boolean => role is FieldRole.Label or FieldRole.Attribute or FieldRole.Provenance,
            _ => false,
        };
        if (!fits)
            return Wrong(target, "a string", kind, value);
        return TryString(target.Rule, value, out var text, role != FieldRole.Id) && Assign(target, text);
    }

    private bool Assign(FieldTarget target, string text)
    {
        switch (target.Role)
        {
            case FieldRole.Dataset:
                Record.Dataset = text;
                return IdText.Check(target, text, false, this);
            case FieldRole.Id:
                Record.Id = text;
                Record.HasOwnId = text.Length > 0;
                return IdText.Check(target, text, true, this);
            case FieldRole.Source:
                Record.Source = text;
                return IdText.Check(target, text, false, this);
            case FieldRole.Identity:
                Record.Identity = text;
                return IdText.Check(target, text, false, this);
            case FieldRole.Owner:
                Record.Owner = text;
                return true;
            case FieldRole.Label:
                Record.Label = text;
                return true;
            case FieldRole.Text:
                Record.Text = text;
                return true;
            case FieldRole.Target:
                Record.Target = text;
                return true;
            case FieldRole.Tool:
                Record.Tool = text;
                return true;
            case FieldRole.Attribute:
                return AddAttribute(target.Name, text);
            case FieldRole.Provenance:
                return AddProvenance(target.Name, text);
            default:
                return CloudEvent(target, text);
        }
    }

    private bool CloudEvent(FieldTarget target, string text)
    {
        if (target.Role == FieldRole.ContentType)
            return CloudEventRules.CheckContentType(text, this);
        SawSpecVersion = true;
        return CloudEventRules.CheckVersion(text, this);
    }

    private bool Full(string map) => Fail(
        ReadFailure.Stages.Map, $"max-{map}", $"{map}: more than {limits.MaxFields} in one record; name the ones that matter in the profile");
}
