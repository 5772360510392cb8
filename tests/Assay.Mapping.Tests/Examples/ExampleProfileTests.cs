using Assay.Contracts.Records;
using Assay.Mapping.Checking;
using Assay.Mapping.Files;
using Assay.Mapping.Profiles;
using Assay.Mapping.Tests.Files;
using Assay.Mapping.Tests.Reading;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Mapping.Tests.Examples;

/// <summary>The example profiles read the whole of the real data that they are for.</summary>
public sealed class ExampleProfileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Adult_ReadsBothFiles()
    {
        var records = Read("adult", 48_842, out var first, ExampleData.File("adult", "adult.data.gz"), ExampleData.File("adult", "adult.test.gz"));
        Assert.Equal("<=50K", first.Label);
        Assert.Equal("age=39 fnlwgt=77516 education-num=13 capital-gain=2174 capital-loss=0 hours-per-week=40", Readings.Show(first.Features));
        Assert.Equal(8, first.Attributes.Count);
        Assert.Equal(["<=50K", ">50K"], records.Select(r => r.Label!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sst2_ReadsTheUnpackedTable()
    {
        var path = ExampleData.Unpacked(ExampleData.File("hiddenkiller", "hiddenkiller_clean_scpn.tar.xz"), "clean/sst-2/train.tsv", _folder.Path);
        var records = Read("sst2", 6_920, out var first, path);
        Assert.NotNull(first.Text);
        Assert.Equal(["0", "1"], records.Select(r => r.Label!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Otc_ReadsRatings()
    {
        Read("otc", 35_592, out var first, ExampleData.File("rev2", "otc_network.csv.gz"));
        Assert.Equal(("6", "2", 4.0, RecordKind.Feedback), (first.Identity, first.Target, first.Value, first.Kind));
        Assert.Equal(2010, first.EventTime!.Value.Year);
    }

    [Fact]
    public void Darpa_ReadsEdgesAndLeavesTheTruth()
    {
        Read("darpa", 100_000, out var first, ExampleData.FirstLines(ExampleData.File("darpa_midas", "darpa_original.zip"), 100_000, _folder.Path));
        Assert.Equal(("172.016.112.020", "192.168.001.010"), (first.Identity, first.Target));
        Assert.Equal(new DateTimeOffset(1998, 6, 1, 7, 55, 0, TimeSpan.Zero), first.EventTime);
        Assert.Equal(0, first.Attributes.Count);
    }

    [Theory]
    [InlineData("6_cardio", 1_831, 21)]
    [InlineData("38_thyroid", 3_772, 6)]
    public void Adbench_ReadsEveryColumnButTheTruth(string set, int rows, int columns)
    {
        var records = Read("adbench", rows, out _, ExampleData.AdbenchCsv(ExampleData.File("adbench", set + ".npz"), _folder.Path));
        Assert.All(records, r => Assert.Equal(columns, r.Features));
        Assert.Equal(["0", "1"], records.Select(r => r.Label!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Crowd_ReadsAnswers()
    {
        var records = Read("crowd", 24_945, out _, ExampleData.File("crowd_truth", "product", "answer.csv.gz"));
        Assert.Equal(176, records.Select(r => r.Identity).Distinct().Count());
        Assert.Equal(8_070, Read("crowd", 8_070, out _, ExampleData.File("crowd_truth", "dog", "answer.csv")).Count);
    }

    [Fact]
    public void Sms_ReadsMessagesWithQuotes()
    {
        var records = Read("sms", 5_574, out _, ExampleData.File("sms_spam", "SMSSpamCollection.gz"));
        Assert.Equal(747, records.Count(r => r.Label == "spam"));
    }

    [Fact]
    public void Movielens_ReadsRatings()
    {
        var records = Read("movielens", 100_023, out _, ExampleData.File("ml-latest-small", "ratings.csv.gz"));
        Assert.Equal(706, records.Select(r => r.Identity).Distinct().Count());
    }

    [Fact]
    public void AgentFeedback_ReadsACloudEvent()
    {
        var record = new Readings(File.ReadAllText(ExampleData.Profile("agent-feedback"))).Read(
            """
            {"specversion": "1.0", "id": "1", "source": "/agents/shop", "agentid": "agent-4", "team": "shop", "data": {"policy": "shop-policy", "reward": 0.5,
             "tool": {"name": "refund"}, "prompt": "give it back", "prompt_embedding": [0.1, 0.2], "metrics": {"latency": {"ms": 12}}, "context": {"region": "eu"}}}
            """,
            ("content-type", "application/cloudevents+json"),
            ("signature", "abc"));
        Assert.Equal(("shop-policy", "agent-4", "shop", "refund", 0.5), (record.Dataset, record.Identity, record.Owner, record.Tool, record.Reward));
        Assert.Equal(("latency.ms=12", "region=eu", "signature=abc"), (Readings.Show(record.Features), Readings.Show(record.Attributes), Readings.Show(record.Provenance)));
    }

    [Fact]
    public void Record_ReadsTheShapeOfTheRecordSchema()
    {
        var record = new Readings(File.ReadAllText(ExampleData.Profile("record"))).Read(
            """
            {"identity": "svc-labels", "owner": "team-x", "dataset": "fraud", "label": ">50K", "text": "hello", "embedding": [0.1, -2], "target": "item-7", "value": 4,
             "tool": "search", "reward": 0.5, "features": {"age": 39}, "attributes": {"region": "north"}, "provenance": {"sha256": "9f86d0"}}
            """,
            ("ce_specversion", "1.0"),
            ("ce_id", "r-1"),
            ("ce_source", "vendor/a"));
        Assert.Equal(("r-1", "vendor/a", "svc-labels", "fraud", ">50K"), (record.Id, record.Source, record.Identity, record.Dataset, record.Label));
        Assert.Equal(("item-7", 4.0, "search", 0.5, 2), (record.Target, record.Value, record.Tool, record.Reward, record.Embedding.Length));
        Assert.Equal(("age=39", "region=north", "sha256=9f86d0"), (Readings.Show(record.Features), Readings.Show(record.Attributes), Readings.Show(record.Provenance)));
    }

    [Fact]
    public void Documents_ReadsADocument()
    {
        var record = new Readings(File.ReadAllText(ExampleData.Profile("documents"))).Read(
            """{"index": "help", "doc_id": "d1", "crawled_at": 1700000000000, "pipeline": "crawl", "author": {"id": "ann"}, "body": "text", "lang": "n/a", "url": "u"}""");
        Assert.Equal(("help", "d1", "crawl", "ann", "text"), (record.Dataset, record.Id, record.Source, record.Identity, record.Text));
        Assert.Equal(("collection=handbook", "url=u"), (Readings.Show(record.Attributes), Readings.Show(record.Provenance)));
    }

    private static List<Row> Read(string name, int expected, out Record first, params string[] paths)
    {
        var profile = Profile.Load(ExampleData.Profile(name));
        using var files = RecordFiles.Open(paths, ProfileFiles.Options(profile));
        var registry = new ProfileRegistry();
        registry.Add("t", profile, files.Columns);
        var reader = registry.CreateReader("t", 0);
        var rows = new List<Row>();
        first = new Record();
        var record = first;
        foreach (var raw in files.Read())
        {
            Assert.Null(raw.Failure);
            Assert.True(reader.TryRead(new InputRecord(rows.Count, 0, null, raw.Raw.ToArray(), null), record, out var failure), failure?.Reason);
            rows.Add(new Row(record.Identity, record.Label, record.Features.Count));
            if (rows.Count == 1)
                record = new Record();
        }

        Assert.Equal(expected, rows.Count);
        return rows;
    }

    private sealed record Row(string Identity, string? Label, int Features);
}
