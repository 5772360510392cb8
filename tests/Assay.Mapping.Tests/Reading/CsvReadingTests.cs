using static Assay.Mapping.Tests.Reading.Readings;

namespace Assay.Mapping.Tests.Reading;

public class CsvReadingTests
{
    private static readonly string[] Columns = ["age", " job", "note", "y"];

    private static Readings Csv(string members, string[]? columns = null) =>
        new($$"""{"format": "csv", "dataset": {"constant": "d"}, {{members}}}""", columns ?? Columns);

    [Fact]
    public void Read_WhenColumnsAreNamed_TakesTrimmedCellsAndWholeText()
    {
        var record = Csv("""
            "text": "note", "label": "y", "features": {"age": "/age"}, "attributes": {"work": {"column": "job"}, "m": {"header": "m"}}
            """).Read("39, State-gov, \" a \"\"b\"\" \",<=50K", ("m", "h"));
        Assert.Equal(("<=50K", " a \"b\" "), (record.Label, record.Text));
        Assert.Equal("age=39", Show(record.Features));
        Assert.Equal("m=h work=State-gov", Show(record.Attributes));
    }

    [Fact]
    public void Read_WhenFeaturesAreAWildcard_SplitsNumbersFromTheRest()
    {
        var record = Csv("\"label\": \"y\", \"features\": \"*\"").Read("39,clerk,-1.5e3,1");
        Assert.Equal("age=39 note=-1500", Show(record.Features));
        Assert.Equal("job=clerk", Show(record.Attributes));
        Assert.Equal("1", record.Label);
    }

    [Fact]
    public void Read_WhenOnlyAttributesAreAWildcard_TakesEveryUnusedColumn() =>
        Assert.Equal("age=39 job=clerk note=n", Show(Csv("\"label\": \"y\", \"attributes\": \"*\"").Read("39,clerk,n,1").Attributes));

    [Fact]
    public void Read_WhenProvenanceIsAWildcard_TakesEveryUnusedColumn() =>
        Assert.Equal("job=clerk note=n y=1", Show(Csv("\"features\": {\"age\": \"age\"}, \"provenance\": \"*\"").Read("39,clerk,n,1").Provenance));

    [Fact]
    public void Read_WhenCellsAreEmpty_CountsThemAsMissing()
    {
        var record = Csv("\"label\": \"y\", \"features\": \"*\"").Read(",,2,");
        Assert.Null(record.Label);
        Assert.Equal("note=2", Show(record.Features));
        Assert.Equal(0, record.Attributes.Count);
    }

    [Fact]
    public void Read_WhenTheEmptyCellIsNotMissing_IsAValue() =>
        Assert.Equal("", Csv("\"label\": \"y\", \"missing\": [\"?\"]").Read("1,2,3,").Label);

    [Fact]
    public void Read_WhenTheSourceIsAConstant_IsNoColumn() => Assert.Equal("vendor-7", Csv("\"source\": \"vendor-7\"").Read("1,2,3,4").Source);

    [Fact]
    public void Read_WhenTheEmbeddingIsACell_ReadsItsNumbers()
    {
        Assert.Equal([1f, -2f, 0.5f], Csv("\"embedding\": \"note\"").Read("1,2,\"[1, -2, 5e-1]\",4").Embedding.ToArray());
        Assert.Equal([1f, 2f], Csv("\"embedding\": \"note\"").Read("1,2,1 2,4").Embedding.ToArray());
    }

    [Fact]
    public void Read_WhenTabsSeparateAndQuotesAreText_KeepsThem()
    {
        var record = new Readings("""
            {"format": "csv", "delimiter": "\t", "quotes": false, "columns": ["label", "text"], "dataset": "sms", "label": "label", "text": "text"}
            """).Read("ham\t\"so\" he said, ok");
        Assert.Equal(("ham", "\"so\" he said, ok"), (record.Label, record.Text));
    }

    [Theory]
    [InlineData("1,2,3", "decode", "columns", "expected 4 fields, one a column, found 3")]
    [InlineData("1,2,3,4,5", "decode", "columns", "found 5")]
    [InlineData("", "decode", "columns", "found 1")]
    [InlineData("1,\"2,3,4", "decode", "csv", "never closed")]
    [InlineData("abc,2,3,4", "map", "features/age", "expected a number in column \"age\", found \"abc\"")]
    [InlineData("NaN,2,3,4", "map", "features/age", "finite")]
    [InlineData("1,2,-Infinity,4", "map", "value", "finite")]
    [InlineData("1,2,3,not a time", "map", "time", "expected a time")]
    public void Read_WhenTheRecordIsBad_SaysWhatAndWhere(string message, string stage, string rule, string reason)
    {
        var failure = Csv("\"features\": {\"age\": \"age\"}, \"value\": \"note\", \"time\": \"y\"").Fails(message);
        Assert.Equal((stage, rule), (failure.Stage, failure.Rule));
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenAWildcardMeetsNotANumber_AsksForMissing()
    {
        var failure = Csv("\"features\": \"*\"").Fails("1,2,inf,4");
        Assert.Equal("features/note", failure.Rule);
        Assert.Contains("\"missing\"", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1, ann ,3,4", "ann")]
    [InlineData("1,\"a,b\"", "a,b")]
    [InlineData("1", "(unrouted)")]
    [InlineData("1,,3,4", "(unrouted)")]
    public void Route_FindsTheSourceAlone(string message, string source) => Assert.Equal(source, Csv("\"source\": \"job\"").Route(message));
}
