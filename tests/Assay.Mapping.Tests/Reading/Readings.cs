using System.Text;
using Assay.Contracts.Records;
using Assay.Mapping.Profiles;
using Assay.Mapping.Reading;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Mapping.Tests.Reading;

/// <summary>Reads single messages by a profile written in the test.</summary>
internal sealed class Readings
{
    public const string Topic = "orders";

    private readonly ProfileRegistry _registry;

    public Readings(string profile, string[]? columns = null, ReadLimits? limits = null)
    {
        _registry = new ProfileRegistry(limits);
        _registry.Add(Topic, Profile.Parse(Encoding.UTF8.GetBytes(profile)), columns);
    }

    public static Readings Json(string members, ReadLimits? limits = null) =>
        new($$"""{"format": "jsonl", "dataset": "d", {{members}}}""", null, limits);

    public static InputRecord Message(string? value, params (string Name, string Value)[] headers) =>
        Message(value is null ? null : Encoding.UTF8.GetBytes(value), headers);

    public static InputRecord Message(byte[]? value, params (string Name, string Value)[] headers) => new(
        7, 1000, null, value, headers.Select(h => new RecordHeader(h.Name, Encoding.UTF8.GetBytes(h.Value))).ToArray());

    public Record Read(string value, params (string Name, string Value)[] headers) => Read(Message(value, headers));

    public Record Read(InputRecord input)
    {
        var record = new Record();
        Assert.True(_registry.CreateReader(Topic, 3).TryRead(input, record, out var failure), failure?.ToString());
        return record;
    }

    public ReadFailure Fails(string? value, params (string Name, string Value)[] headers) => Fails(Message(value, headers));

    public ReadFailure Fails(InputRecord input)
    {
        Assert.False(_registry.CreateReader(Topic, 3).TryRead(input, new Record(), out var failure));
        return failure;
    }

    public string Route(string? value, params (string Name, string Value)[] headers) =>
        _registry.CreateRouter(Topic).Route(Message(value, headers));

    /// <summary><c>name=value</c>, separated by blanks.</summary>
    public static string Show<T>(FieldList<T> fields)
    {
        var shown = new List<string>();
        for (var i = 0; i < fields.Count; i++)
            shown.Add(FormattableString.Invariant($"{fields.Names[i]}={fields.Values[i]}"));
        return string.Join(' ', shown);
    }
}
