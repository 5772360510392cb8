using System.Text;
using Assay.Contracts.Records;
using Assay.Mapping.Profiles;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Mapping.Tests.Reading;

/// <summary>Whatever the bytes: a record that keeps its promises, or a failure that says why.</summary>
public class AnyBytesTests
{
    private const string Fields = """
        "id": "/id", "time": "/at", "source": "/src", "identity": "/who", "label": "/l", "text": "/t", "embedding": "/e", "value": "/v",
        "features": {"*": "/f", "a": "/a"}, "attributes": "*", "missing": ["?"]
        """;

    private static readonly string[] Samples =
    [
        """{"id": "i", "at": 1289241911, "src": "s1", "who": "ann", "l": "y", "t": "text", "e": [1, 2.5], "v": -3e2, "f": {"x": 1, "y": {"z": [1, 2]}}, "a": 4, "k": "v"}""",
        """{"src": "s\u00e92", "who": "?", "at": "2024-01-01T00:00:00Z", "f": {}, "tags": ["a", {"b": "c"}], "n": null, "deep": {"deep": {"deep": [true]}}}""",
        """{"specversion": "1.0", "id": "e", "source": "/s", "time": "2024-01-01", "data": {"src": "s3", "who": "w", "a": "1.5"}, "data_base64": "e30="}""",
        "i,1289241911,s1,ann,y,\"some \"\"text\"\"\",\"[1,2]\",4.5,7,NaN",
        " i ,2024-01-01, s 2 ,bob,n,t,1 2 3,-1,?,x",
    ];

    private static readonly ProfileRegistry Registry = NewRegistry();

    [Theory]
    [InlineData("json", 0)]
    [InlineData("all", 1)]
    [InlineData("events", 2)]
    [InlineData("csv", 4)]
    public void Read_OfUndamagedSamples_Succeeds(string topic, int sample)
    {
        var bytes = Encoding.UTF8.GetBytes(sample == 2 ? Samples[2].Replace(", \"data_base64\": \"e30=\"", "", StringComparison.Ordinal) : Samples[sample]);
        var input = new InputRecord(1, 2, null, bytes, [new RecordHeader("content-type", "application/cloudevents+json"u8.ToArray())]);
        Assert.True(Registry.CreateReader(topic, 0).TryRead(input, new Record(), out var failure), failure?.Reason);
    }

    [Property(MaxTest = 2000, Replay = "20251,4242425")]
    public Property Read_OfAnyBytes_NeverThrows() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Holds(bytes, []));

    [Property(MaxTest = 6000, Replay = "20251,4242425")]
    public Property Read_OfDamagedMessages_NeverThrows() => Prop.ForAll(Damaged(), bytes => Holds(bytes, []));

    [Property(MaxTest = 2000, Replay = "20251,4242425")]
    public Property Read_OfDamagedEvents_NeverThrows() => Prop.ForAll(
        Damaged(), bytes => Holds(bytes, [new RecordHeader("content-type", "application/cloudevents+json"u8.ToArray())]));

    [Property(MaxTest = 2000, Replay = "20251,4242425")]
    public Property Read_OfDamagedHeaders_NeverThrows() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes => Holds("{}"u8.ToArray(), [new RecordHeader("ce_specversion", "1.0"u8.ToArray()), new RecordHeader("ce_source", bytes), new RecordHeader("ce_time", bytes)]));

    private static ProfileRegistry NewRegistry()
    {
        var registry = new ProfileRegistry();
        registry.Add("json", Parse($$"""{"format": "jsonl", "dataset": "d", {{Fields}}}"""));
        registry.Add("all", Parse("""{"format": "jsonl", "dataset": "d", "features": "*", "attributes": "*", "provenance": "*"}"""));
        registry.Add("events", Parse($$"""{"format": "cloudevents", "dataset": "d", {{Fields}}}"""));
        registry.Add("plain-events", Parse("""{"format": "cloudevents", "dataset": "d", "features": "*"}"""));
        registry.Add(
            "csv",
            Parse($$"""
                {"format": "csv", "dataset": {"constant": "d"}, "columns": ["id", "at", "src", "who", "l", "t", "e", "v", "a", "f"],
                 {{Fields.Replace("\"*\": \"/f\"", "\"*\": \"*\"", StringComparison.Ordinal)}}}
                """));
        return registry;
    }

    private static Profile Parse(string json) => Profile.Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Samples with bytes changed, removed, doubled and pieces of other samples put in.</summary>
    private static Arbitrary<byte[]> Damaged()
    {
        var damage =
            from at in Gen.Choose(0, 200)
            from length in Gen.Choose(0, 12)
            from what in Gen.Choose(0, 5)
            from number in Gen.Elements("1e999", "-1e400", "1e39", "NaN", "\"NaN\"", "-inf", "\"1e999\"", "-0", "true", "null", "\"7\"").Select(Encoding.UTF8.GetBytes)
            from piece in Gen.OneOf(Gen.Elements(Samples).Select(Encoding.UTF8.GetBytes), Gen.Elements(
                "\"", "{", "[", "}", "]", ",", "1e999", "NaN", "\\ud800", "\\u0000", "\0", "null", "true", "-0", "\"f\"", ":").Select(Encoding.UTF8.GetBytes))
            from skip in Gen.Choose(0, 200)
            select (at, length, what, number, piece: piece.AsSpan(skip % piece.Length).ToArray());
        var damaged =
            from sample in Gen.Elements(Samples)
            from count in Gen.Choose(1, 3)
            from hits in damage.ListOf(count)
            select hits.Aggregate(Encoding.UTF8.GetBytes(sample), (bytes, hit) =>
            {
                var at = Math.Min(hit.at, bytes.Length);
                var end = Math.Min(at + hit.length, bytes.Length);
                return hit.what switch
                {
                    0 => [.. bytes[..at], .. bytes[end..]],
                    1 => [.. bytes[..at], .. hit.piece, .. bytes[at..]],
                    2 => [.. bytes[..end], .. bytes[at..]],
                    3 or 4 => WithNumber(bytes, at, hit.number),
                    _ => [.. bytes[..at], (byte)(hit.length * 23), .. bytes[Math.Min(at + 1, bytes.Length)..]],
                };
            });
        return Arb.From(damaged);
    }

    /// <summary>The first run of digits from <paramref name="at"/> on, replaced.</summary>
    private static byte[] WithNumber(byte[] bytes, int at, byte[] number)
    {
        var start = bytes.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
            return bytes;
        start += at;
        var length = bytes.AsSpan(start).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return [.. bytes[..start], .. number, .. bytes[(length < 0 ? bytes.Length : start + length)..]];
    }

    private static bool Holds(byte[] bytes, RecordHeader[] headers)
    {
        foreach (var topic in new[] { "json", "all", "events", "plain-events", "csv" })
            Check(topic, new InputRecord(1, 2, null, bytes, headers));
        return true;
    }

    private static void Check(string topic, InputRecord input)
    {
        var record = new Record();
        var source = Registry.CreateRouter(topic).Route(input);
        Assert.NotEmpty(source);
        if (!Registry.CreateReader(topic, 0).TryRead(input, record, out var failure))
        {
            Assert.NotEmpty(failure.Stage);
            Assert.NotEmpty(failure.Rule);
            Assert.NotEmpty(failure.Reason);
            Assert.True(failure.Reason.Length < 600, failure.Reason);
            return;
        }

        Assert.Equal(source, record.Source);
        foreach (var name in new[] { record.Id, record.Source, record.Identity, record.Dataset })
            Assert.InRange(name.Length, 1, 256);
        foreach (var feature in record.Features.Values)
            Assert.True(double.IsFinite(feature));
        foreach (var dimension in record.Embedding.Span)
            Assert.True(float.IsFinite(dimension));
        Assert.True(double.IsFinite(record.Value ?? 0));
        Assert.Equal(record.Features.Count, record.Features.Names.ToArray().Distinct().Count());
        Assert.Equal(record.Attributes.Count, record.Attributes.Names.ToArray().Distinct().Count());
    }
}
