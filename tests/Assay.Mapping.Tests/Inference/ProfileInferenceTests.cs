using System.Text;
using Assay.Contracts.Records;
using Assay.Mapping.Checking;
using Assay.Mapping.Files;
using Assay.Mapping.Inference;
using Assay.Mapping.Profiles;
using Assay.Mapping.Tests.Examples;
using Assay.Mapping.Tests.Files;

namespace Assay.Mapping.Tests.Inference;

public sealed class ProfileInferenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Infer_OfAdult_FindsLabelNumbersAndMissing()
    {
        var profile = Infer(ExampleData.File("adult", "adult.data.gz"));
        Assert.Equal("target", profile.Label!.Value);
        Assert.Equal(
            ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"], profile.Features.Fields.Select(f => f.Name));
        Assert.Equal(8, profile.Attributes.Fields.Count);
        Assert.Equal(["", "?"], profile.Missing);
        Assert.Equal(("adult", RecordKind.Ingestion), (profile.Dataset.Value, profile.Kind));
        Assert.Null(profile.Identity);
        Assert.Null(profile.Id);
    }

    [Fact]
    public void Infer_OfCrowdAnswers_FindsWhoSaidWhatOfWhat()
    {
        var profile = Infer(ExampleData.File("crowd_truth", "product", "answer.csv.gz"));
        Assert.Equal(("worker", "question", "answer"), (profile.Identity?.Value, profile.Target?.Value, profile.Label?.Value));
        Assert.Equal(RecordKind.Feedback, profile.Kind);
    }

    [Fact]
    public void Infer_OfTabsWithQuotesAsText_FindsTheDialect()
    {
        var profile = Infer(ExampleData.File("sms_spam", "SMSSpamCollection.gz"));
        Assert.Equal((byte)'\t', profile.Dialect.Delimiter);
        Assert.Equal(["column1", "column2"], profile.Columns);
        Assert.Equal("column2", profile.Text?.Value);
    }

    [Fact]
    public void Infer_OfRatingsWithoutHeader_SaysSo()
    {
        var profile = Infer(ExampleData.File("rev2", "otc_network.csv.gz"));
        Assert.Equal(4, profile.Columns?.Count);
        Assert.Equal("column4", profile.Time?.Value);
    }

    [Fact]
    public void Infer_OfEdgesThatLookLikeNames_SeesThatThereIsNoHeader() => Assert.Equal(
        4, Infer(ExampleData.FirstLines(ExampleData.File("darpa_midas", "darpa_original.zip"), 2000, _folder.Path)).Columns?.Count);

    [Fact]
    public void Infer_OfJsonLines_FindsPointers()
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 40; i++)
        {
            lines.Append(FormattableString.Invariant(
                $$"""{"doc_id": "d{{i}}", "createdAt": "2024-01-{{(i % 28) + 1:00}}T00:00:00Z", "author": {"userId": "u{{i % 5}}"}, "n": {"len": {{i}}.5, "odd/key": {{i}}}, "lang": "{{(i % 2 == 0 ? "en" : "de")}}", "body": "a fairly long text of number {{i}} that says nothing much", "vec": [1,2,3,4,5,6,7,{{i}}], "score": "NA"}""")).Append('\n');
        }

        var profile = Infer(_folder.Write("docs.jsonl", lines.ToString()));
        Assert.Equal(ProfileFormat.JsonLines, profile.Format);
        Assert.Equal(("/doc_id", "/createdAt", "/author/userId"), (profile.Id?.Value, profile.Time?.Value, profile.Identity?.Value));
        Assert.Equal(("/body", "/vec"), (profile.Text?.Value, profile.Embedding?.Value));
        Assert.Equal(["/n/len", "/n/odd~1key"], profile.Features.Fields.Select(f => f.Locator.Value));
        Assert.Equal(["/lang"], profile.Attributes.Fields.Select(f => f.Locator.Value));
        Assert.Equal(["NA"], profile.Missing);
    }

    [Fact]
    public void Infer_OfCloudEvents_LooksIntoTheData()
    {
        var path = _folder.Write("events.jsonl", """
            {"specversion": "1.0", "id": "1", "source": "s", "data": {"tool": "search", "reward": 1, "x": 2}}
            {"specversion": "1.0", "id": "2", "source": "s", "data": {"tool": "search", "reward": 0, "x": 3}}
            """);
        var profile = Infer(path);
        Assert.Equal((ProfileFormat.CloudEvents, "/tool", "/reward"), (profile.Format, profile.Tool?.Value, profile.Reward?.Value));
        Assert.Equal(["/x"], profile.Features.Fields.Select(f => f.Locator.Value));
    }

    [Fact]
    public void Infer_OfManyNumbers_TakesThemAll()
    {
        var header = string.Join(',', Enumerable.Range(0, 40).Select(i => $"x{i}")) + ",y";
        var row = string.Join(',', Enumerable.Range(0, 40)) + ",1";
        var profile = Infer(_folder.Write("wide.csv", $"{header}\n{row}\n{row}\n{row}\n"));
        Assert.NotNull(profile.Features.Wildcard);
        Assert.Equal("y", profile.Label?.Value);
    }

    [Fact]
    public void Infer_OfStandardInput_SaysWhyNot() =>
        Assert.Contains("read once only", Assert.Throws<InputException>(() => ProfileInference.Infer("-")).Message, StringComparison.Ordinal);

    /// <summary>Whatever is drafted loads, and reads the file that it was drafted from without failure.</summary>
    private static Profile Infer(string path)
    {
        var json = ProfileInference.Infer(path);
        var profile = Profile.Parse(Encoding.UTF8.GetBytes(json), "draft");
        using var files = RecordFiles.Open([path], ProfileFiles.Options(profile));
        using var output = new StringWriter();
        Assert.True(ProfileCheck.Run(profile, files.Columns, files.Read(), output, 1000) == 0, json + output);
        return profile;
    }
}
