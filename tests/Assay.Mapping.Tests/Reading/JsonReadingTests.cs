using Assay.Contracts.Records;
using Assay.Mapping.Profiles;
using Assay.Mapping.Reading;
using static Assay.Mapping.Tests.Reading.Readings;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Mapping.Tests.Reading;

public class JsonReadingTests
{
    [Fact]
    public void Read_WhenEveryFieldIsMapped_FillsTheRecord()
    {
        var record = new Readings("""
            {"format": "jsonl", "dataset": "/set", "kind": "feedback", "id": "/id", "time": "/at", "source": "/from/pipe", "identity": "/from/who",
             "owner": "team-a", "label": "/l", "text": "/t", "embedding": "/e", "target": "/x", "value": "/v", "tool": "/tool", "reward": "/r",
             "features": {"age": "/n/age", "const": {"constant": "2.5"}}, "attributes": {"city": "/c", "flag": "/b"}, "provenance": {"url": "header:url"}}
            """).Read(
            """
            {"set": "s", "id": 17, "at": "2024-02-29T12:00:00+02:00", "from": {"who": "ann", "skip": [1, {"pipe": 2}], "pipe": "p"}, "l": true, "t": "a\u00e9\n",
             "e": [1, -2.5, 3e1], "x": "item", "v": 4.5, "tool": "shell", "r": -1, "n": {"age": 39}, "c": "Bern", "b": false}
            """,
            ("url", "https://example.org"));
        Assert.Equal(("17", true, RecordKind.Feedback), (record.Id, record.HasOwnId, record.Kind));
        Assert.Equal(("s", "p", "ann", "team-a"), (record.Dataset, record.Source, record.Identity, record.Owner));
        Assert.Equal(("true", "aé\n", "item", "shell"), (record.Label, record.Text, record.Target, record.Tool));
        Assert.Equal((4.5, -1.0), (record.Value, record.Reward));
        Assert.Equal([1f, -2.5f, 30f], record.Embedding.ToArray());
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 10, 0, 0, TimeSpan.Zero), record.EventTime);
        Assert.Equal("const=2.5 age=39", Show(record.Features));
        Assert.Equal("city=Bern flag=false", Show(record.Attributes));
        Assert.Equal("url=https://example.org", Show(record.Provenance));
        Assert.Equal((7L, 1000L), (record.Offset, record.AppendTimeMs));
        Assert.NotEqual(0UL, record.ContentHash);
    }

    [Fact]
    public void Read_WhenNothingIsMapped_TakesDefaults()
    {
        var record = Json("\"kind\": \"ingestion\"").Read("{}");
        Assert.Equal(("orders/3/7", false), (record.Id, record.HasOwnId));
        Assert.Equal((Topic, Topic, "d"), (record.Source, record.Identity, record.Dataset));
    }

    [Fact]
    public void Read_WhenWildcards_TakesWhatNoOtherFieldUses()
    {
        var record = Json("""
            "identity": "/who", "label": "/y", "features": "*", "attributes": {"*": "/tags"}
            """).Read("""{"who": 5, "a": 1, "n": {"b": [2, {"c": 3}], "s": "text"}, "y": 1, "tags": {"k": "v", "deep": {"t": true}, "n": 4}, "nil": null}""");
        Assert.Equal("a=1 n.b.0=2 n.b.1.c=3 tags.n=4", Show(record.Features));
        Assert.Equal("k=v deep.t=true", Show(record.Attributes));
        Assert.Equal("1", record.Label);
    }

    [Fact]
    public void Read_WhenValuesStandForMissing_LeavesFieldsOut()
    {
        var record = Json("""
            "missing": ["?", "-1"], "label": "/l", "features": {"*": "/f", "n": "/n"}, "attributes": {"*": "/a"}
            """).Read("""{"l": "?", "f": {"x": -1, "y": 2}, "n": null, "a": {"p": "?", "q": "r"}}""");
        Assert.Null(record.Label);
        Assert.Equal("y=2", Show(record.Features));
        Assert.Equal("q=r", Show(record.Attributes));
    }

    [Fact]
    public void Read_WhenPointersHoldEscapesAndIndexes_FollowsThem()
    {
        var record = Json("""
            "label": "/a~1b/~0/1", "text": "/\u00fc"
            """).Read("""{"a/b": {"~": ["no", "yes"]}, "\u00fc": "t"}""");
        Assert.Equal(("yes", "t"), (record.Label, record.Text));
    }

    [Fact]
    public void Read_WhenAFeatureIsANumberInAString_TakesIt() =>
        Assert.Equal("a=12.5", Show(Json("\"features\": {\"a\": \"/a\"}").Read("""{"a": "12.5"}""").Features));

    [Fact]
    public void Read_WhenTheIdIsAbsent_MakesOne()
    {
        var record = Json("\"id\": \"/id\"").Read("{}");
        Assert.Equal(("orders/3/7", false), (record.Id, record.HasOwnId));
    }

    [Theory]
    [InlineData("not json", "decode", "json", "byte 1")]
    [InlineData("", "decode", "json", "byte 0")]
    [InlineData("{\"a\": 1}\n{\"a\": }", "decode", "json", "byte 9")]
    [InlineData("{\"a\":\n\n 1,}", "decode", "json", "byte 10")]
    [InlineData("{\"a\": 1", "decode", "json", "not JSON")]
    [InlineData("{\"a\": \"abc\"}", "map", "features/a", "expected a number at /a, found the string \"abc\"")]
    [InlineData("{\"a\": true}", "map", "features/a", "found true")]
    [InlineData("{\"a\": {}}", "map", "features/a", "found an object")]
    [InlineData("{\"a\": [1]}", "map", "features/a", "found an array")]
    [InlineData("{\"a\": \"NaN\"}", "map", "features/a", "finite")]
    [InlineData("{\"a\": 1e999}", "map", "features/a", "finite")]
    [InlineData("{\"a\": NaN}", "decode", "json", "byte 6")]
    [InlineData("{\"a\": 1, \"a\": 2}", "decode", "duplicate-key", "/a")]
    [InlineData("{\"who\": \"\"}", "map", "identity", "empty")]
    [InlineData("{\"who\": \"a\\u0007b\"}", "map", "identity", "control character")]
    [InlineData("{\"who\": []}", "map", "identity", "found an array")]
    [InlineData("{\"who\": \"\\ud800\"}", "decode", "json", "surrogate")]
    [InlineData("{\"\\ud800\": 1}", "decode", "json", "surrogate")]
    [InlineData("{\"at\": \"yesterday\"}", "map", "time", "expected a time")]
    [InlineData("{\"at\": 1e300}", "map", "time", "expected a time")]
    [InlineData("{\"e\": [1, \"x\"]}", "map", "embedding", "dimension 2")]
    [InlineData("{\"e\": [1e39]}", "map", "embedding", "finite")]
    [InlineData("{\"e\": \"1,2\"}", "map", "embedding", "found the string")]
    [InlineData("{\"e\": [[1]]}", "map", "embedding", "found an array")]
    [InlineData("{\"t\": 5}", "map", "text", "expected a string at /t, found the number 5")]
    public void Read_WhenTheMessageIsBad_SaysWhatAndWhere(string message, string stage, string rule, string reason)
    {
        var members = message.Contains("\"who\"", StringComparison.Ordinal) || !message.EndsWith('}') ? message : message[..^1] + ", \"who\": \"w\"}";
        var failure = Json("""
            "identity": "/who", "time": "/at", "embedding": "/e", "text": "/t", "features": {"a": "/a"}
            """).Fails(message.Contains("1,}", StringComparison.Ordinal) ? message : members);
        Assert.Equal((stage, rule), (failure.Stage, failure.Rule));
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity", "{}")]
    [InlineData("source", "{\"x\": null}")]
    [InlineData("dataset", "{\"x\": null}")]
    public void Read_WhenARequiredFieldIsAbsent_NamesIt(string key, string message)
    {
        var profile = key == "dataset" ? """{"format": "jsonl", "dataset": "/x"}""" : $$"""{"format": "jsonl", "dataset": "d", "{{key}}": "/x"}""";
        var failure = new Readings(profile).Fails(message);
        Assert.Equal(("map", key), (failure.Stage, failure.Rule));
        Assert.Contains("nothing at /x", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a.b": 1, "a": {"b": 2}}""")]
    [InlineData("""{"a": {"b": 1}, "a": {"c": 2}}""")]
    [InlineData("""{"x": 1, "x": null}""")]
    [InlineData("""{"x": "s", "x": 1}""")]
    public void Read_WhenAWildcardMeetsANameTwice_Refuses(string message) =>
        Assert.Equal("duplicate-key", Json("\"features\": \"*\"").Fails(message).Rule);

    [Fact]
    public void Read_WhenAnEarlierMessageUsedADottedKey_KeepsNamesRight()
    {
        var registry = new ProfileRegistry();
        registry.Add(Topic, Profile.Parse("""{"format": "jsonl", "dataset": "d", "features": {"*": "/a"}, "attributes": "*"}"""u8));
        var reader = registry.CreateReader(Topic, 0);
        var record = new Record();
        Assert.True(reader.TryRead(Message("""{"a.b": "x"}"""), record, out _));
        Assert.True(reader.TryRead(Message("""{"a": {"b": 1}}"""), record, out _));
        Assert.Equal("b=1", Show(record.Features));
    }

    [Fact]
    public void Read_WhenNestedTooDeep_Refuses()
    {
        var reading = Json("\"label\": \"/l\"");
        Assert.Equal("json-depth", reading.Fails("{\"x\": " + new string('[', 64) + new string(']', 64) + "}").Rule);
        Assert.Equal("json-depth", Json("\"features\": \"*\"").Fails("{\"x\": " + new string('[', 64) + new string(']', 64) + "}").Rule);
        Assert.Equal("y", reading.Read("{\"x\": " + new string('[', 63) + new string(']', 63) + ", \"l\": \"y\"}").Label);
    }

    [Fact]
    public void Read_WhenMoreThanTheLimits_Refuses()
    {
        var limits = new ReadLimits { MaxRecordBytes = 100, MaxFields = 2, MaxStringChars = 10, MaxEmbeddingDimensions = 2 };
        var reading = Json("\"features\": \"*\", \"attributes\": \"*\", \"text\": \"/t\", \"embedding\": \"/e\"", limits);
        Assert.Equal("max-record-bytes", reading.Fails(new string(' ', 101)).Rule);
        Assert.Equal("max-features", reading.Fails("""{"a": 1, "b": 2, "c": 3}""").Rule);
        Assert.Equal("max-attributes", reading.Fails("""{"a": "1", "b": "2", "c": "3"}""").Rule);
        Assert.Equal("max-string-chars", reading.Fails("""{"t": "12345678901"}""").Rule);
        Assert.Equal("max-embedding", reading.Fails("""{"e": [1, 2, 3]}""").Rule);
        Assert.Equal("ééééé", reading.Read("""{"t": "ééééé"}""").Text);
        Assert.Equal("id", Json("\"id\": \"/i\"").Fails($$"""{"i": "{{new string('x', 257)}}"}""").Rule);
        Assert.Equal("max-path", Json("\"features\": \"*\"").Fails($$"""{"{{new string('x', 1025)}}": 1}""").Rule);
    }

    [Fact]
    public void Read_WhenTheBytesAreNoText_SaysSo()
    {
        var reading = Json("\"label\": \"/l\"");
        Assert.Equal("tombstone", reading.Fails(Message((byte[]?)null)).Rule);
        var registry = reading.Fails(Message([0, 0, 0, 0, 1, 2]));
        Assert.Equal("registry-format", registry.Rule);
        Assert.Contains("Avro", registry.Reason, StringComparison.Ordinal);
        var utf8 = reading.Fails(Message([.. "{\"l\": \""u8, 0xff, .. "\"}"u8]));
        Assert.Equal(("utf8", "not valid UTF-8 at byte 7 (0xff)"), (utf8.Rule, utf8.Reason));
    }

    [Fact]
    public void Read_WhenAWildcardRootHoldsAScalar_Refuses()
    {
        var failure = Json("\"features\": {\"*\": \"/f\"}").Fails("""{"f": 5}""");
        Assert.Equal("features/*", failure.Rule);
        Assert.Equal("", Show(Json("\"features\": {\"*\": \"/f\"}").Read("""{"f": null}""").Features));
    }

    [Fact]
    public void Reason_WhenTheValueIsLongOrHidden_IsShortAndPlain()
    {
        var failure = Json("\"features\": {\"a\": \"/a\"}").Fails($$"""{"a": "\u001b[31m\u200b{{new string('x', 500)}}"}""");
        Assert.True(failure.Reason.Length < 160, failure.Reason);
        Assert.DoesNotContain('\u001b', failure.Reason);
        Assert.DoesNotContain('\u200b', failure.Reason);
    }

    [Theory]
    [InlineData("\"/s\"", """{"x": {"s": "no"}, "s": "yes", "rest": oops""", "yes")]
    [InlineData("\"/s\"", """{"s": 12}""", "12")]
    [InlineData("\"/s\"", """{"s": "\u00e9"}""", "é")]
    [InlineData("\"/s\"", """{"s": true}""", "(unrouted)")]
    [InlineData("\"/s\"", """{"s": ""}""", "(unrouted)")]
    [InlineData("\"/s\"", """nope""", "(unrouted)")]
    [InlineData("\"/a/1\"", """{"a": ["x", "y"]}""", "y")]
    [InlineData("\"header:h\"", """nope""", "from-header")]
    [InlineData("\"vendor-7\"", """nope""", "vendor-7")]
    public void Route_FindsTheSourceAlone(string locator, string message, string source) =>
        Assert.Equal(source, Json($"\"source\": {locator}").Route(message, ("h", "from-header")));

    [Fact]
    public void Route_WhenTheProfileNamesNoSource_TakesTheTopic() => Assert.Equal(Topic, Json("\"label\": \"/l\"").Route(null));
}
