using static Assay.Mapping.Tests.Reading.Readings;

namespace Assay.Mapping.Tests.Reading;

public class CloudEventReadingTests
{
    private const string Data = """{"who": "ann", "x": 1.5}""";

    private static readonly Readings Events = new("""
        {"format": "cloudevents", "dataset": "d", "identity": "/who", "owner": "header:ce_team", "attributes": {"trace": "header:trace"}, "features": "*"}
        """);

    private static readonly (string, string)[] Binary =
    [
        ("ce_specversion", "1.0"), ("ce_id", "e1"), ("ce_source", "/pipe"), ("ce_time", "2024-01-01T00:00:00Z"), ("ce_team", "red"), ("trace", "t"),
        ("content-type", "application/json; charset=utf-8"),
    ];

    private static readonly (string, string) Structured = ("content-type", "application/cloudevents+json; charset=utf-8");

    [Fact]
    public void Read_WhenBinary_TakesAttributesFromHeaders()
    {
        var record = Events.Read(Data, Binary);
        Assert.Equal(("e1", "/pipe", "ann", "red"), (record.Id, record.Source, record.Identity, record.Owner));
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), record.EventTime);
        Assert.Equal(("x=1.5", "trace=t"), (Show(record.Features), Show(record.Attributes)));
    }

    [Theory]
    [InlineData("""{"specversion": "1.0", "id": "e1", "source": "/pipe", "team": "red", "data": {"who": "ann", "x": 1.5}, "time": "2024-01-01T00:00:00Z"}""")]
    [InlineData("""{"data_base64": "eyJ3aG8iOiAiYW5uIiwgIngiOiAxLjV9", "specversion": "1.0", "id": "e1", "source": "/pipe", "team": "red", "time": "2024-01-01T00:00:00Z"}""")]
    public void Read_WhenStructured_TakesAttributesFromTheEnvelope(string message)
    {
        var record = Events.Read(message, Structured, ("trace", "t"), ("ce_team", "ignored"));
        Assert.Equal(("e1", "/pipe", "ann", "red"), (record.Id, record.Source, record.Identity, record.Owner));
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), record.EventTime);
        Assert.Equal(("x=1.5", "trace=t"), (Show(record.Features), Show(record.Attributes)));
        Assert.Equal("/pipe", Events.Route(message, Structured));
    }

    [Fact]
    public void Read_WhenTheProfileNamesASource_TakesItFromTheData()
    {
        var events = new Readings("""{"format": "cloudevents", "dataset": "d", "source": "/p"}""");
        var envelope = """{"specversion": "1.0", "id": "1", "source": "s", "data": {"p": "mine"}}""";
        Assert.Equal("mine", events.Read(envelope, Structured).Source);
        Assert.Equal("mine", events.Route(envelope, Structured));
        Assert.Equal("mine", events.Route("""{"p": "mine"}""", Binary));
    }

    [Theory]
    [InlineData("{}", "", "", "neither a header ce_specversion")]
    [InlineData("{}", "ce_specversion", "0.3", "only 1.0")]
    [InlineData("{}", "content-type", "application/cloudevents-batch+json", "one event a message")]
    [InlineData("{}", "content-type", "application/cloudevents+avro", "one event a message")]
    [InlineData("""{"id": "1", "source": "s", "data": {"who": "a"}}""", "content-type", "application/cloudevents+json", "no specversion")]
    [InlineData("""{"specversion": "1.0", "data_base64": "***"}""", "content-type", "application/cloudevents+json", "no base64")]
    [InlineData("""{"specversion": "1.0", "datacontenttype": "text/plain", "data": "x"}""", "content-type", "application/cloudevents+json", "only JSON")]
    public void Read_WhenItIsNoEventThatIsRead_SaysWhy(string message, string header, string value, string reason)
    {
        var failure = Events.Fails(message, (header, value));
        Assert.Equal(("decode", "cloudevents"), (failure.Stage, failure.Rule));
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenDataStandsTwice_Refuses() => Assert.Equal(
        "duplicate-key",
        Events.Fails("""{"specversion": "1.0", "source": "s", "data": {"who": "a"}, "data_base64": "eyJ3aG8iOiAiYW5uIiwgIngiOiAxLjV9"}""", Structured).Rule);

    [Fact]
    public void Read_WhenTheSourceIsAbsent_NamesTheHeader()
    {
        var failure = Events.Fails(Data, ("ce_specversion", "1.0"));
        Assert.Equal("source", failure.Rule);
        Assert.Contains("ce_source", failure.Reason, StringComparison.Ordinal);
    }
}
