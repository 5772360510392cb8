using System.Text;
using Assay.Contracts.Records;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Tests.Profiles;

public class ProfileTests
{
    private static Profile Parse(string json) => Profile.Parse(Encoding.UTF8.GetBytes(json), "p.json");

    private static string Fault(string json)
    {
        var error = Assert.Throws<ProfileException>(() => Parse(json));
        return error.Message;
    }

    [Fact]
    public void Parse_WhenEveryKeyIsGiven_KeepsThem()
    {
        var profile = Parse("""
            {
              "$schema": "x", "name": "n", "format": "csv", "columns": ["a", "b", "c"], "delimiter": ";", "quotes": false, "dataset": "d-set",
              "kind": "feedback", "assurance": "topic-acl", "id": "a", "time": {"column": "b", "unit": "ms"}, "source": "header:s",
              "features": {"c": "/c"}, "attributes": "*", "missing": ["?"]
            }
            """);
        Assert.Equal(("n", ProfileFormat.Csv, RecordKind.Feedback, (Assurance?)Assurance.TopicAcl), (profile.Name, profile.Format, profile.Kind, profile.Assurance));
        Assert.Equal(((byte)';', false), (profile.Dialect.Delimiter, profile.Dialect.Quotes));
        Assert.Equal(Locator.Header("s"), profile.Source! with { Line = 0 });
        Assert.Equal((LocatorKind.Column, TimeUnit.Milliseconds, 3), (profile.Time!.Kind, profile.Time.Unit, profile.Time.Line));
        Assert.NotNull(profile.Attributes.Wildcard);
        Assert.Equal(["?"], profile.Missing);
    }

    [Fact]
    public void Parse_WhenJsonStringsAreMixed_TellsPointersHeadersAndConstants()
    {
        var profile = Parse("""{"format": "jsonl", "dataset": "/d", "source": "header:x", "owner": "team", "label": {"constant": "/not-a-pointer"}}""");
        Assert.Equal(
            [LocatorKind.Pointer, LocatorKind.Header, LocatorKind.Constant, LocatorKind.Constant],
            new[] { profile.Dataset.Kind, profile.Source!.Kind, profile.Owner!.Kind, profile.Label!.Kind });
        Assert.Equal(RecordKind.Ingestion, profile.Kind);
        Assert.Null(profile.Assurance);
    }

    [Theory]
    [InlineData("{\n\"format\": \"csv\",\n\"dataset\": \"d\",\n\"lable\": \"y\"\n}", "p.json, line 4, lable: is no key of a profile. Did you mean \"label\"?")]
    [InlineData("{\"format\": \"cvs\", \"dataset\": \"d\"}", "p.json, line 1, format: expected one of csv, jsonl, cloudevents; found the string \"cvs\". Did you mean \"csv\"?")]
    [InlineData("{\"dataset\": \"d\"}", "p.json, line 1, format: is missing")]
    [InlineData("{\"format\": \"jsonl\"}", "p.json, line 1, dataset: is missing")]
    [InlineData("{\n  \"format\": \"jsonl\",\n  \"dataset\" \"d\"\n}", "p.json, line 3: not JSON at column 13")]
    [InlineData("{\"format\": \"jsonl\", \"format\": \"csv\"}", "p.json, line 1, format: written twice")]
    [InlineData("", "p.json, line 1: not JSON")]
    [InlineData("[]", "expected an object with the keys of a profile, found an array")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"delimiter\": \";\"}", "delimiter: has a meaning in format csv only")]
    [InlineData("{\"format\": \"csv\", \"dataset\": \"d\", \"delimiter\": \"::\"}", "delimiter: expected one ASCII character")]
    [InlineData("{\"format\": \"csv\", \"dataset\": \"d\", \"quotes\": \"no\"}", "quotes: expected true or false")]
    [InlineData("{\"format\": \"csv\", \"dataset\": \"d\", \"columns\": []}", "columns: expected at least one")]
    [InlineData("{\"format\": \"csv\", \"dataset\": \"d\", \"columns\": [\"a\", \"a\"]}", "columns: the column \"a\" stands 2 times")]
    [InlineData("{\"format\": \"csv\", \"dataset\": \"d\", \"missing\": \"?\"}", "missing: expected an array of strings")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": 5}", "dataset: expected a string or an object such as {\"pointer\": \"/x\"}, found the number 5")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"id\": \"order_id\"}", "id: the constant \"order_id\" would be the same in every record. For the value of that name write \"/order_id\".")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"features\": {\"age\": \"age\"}}", "features/age: the constant \"age\" is no number. For the value of that name write \"/age\".")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"label\": \"/a~2\"}", "label: \"/a~2\" is no JSON pointer")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"label\": {\"column\": \"y\"}}", "label: columns are found in csv only; use {\"pointer\": \"/y\"}")]
    [InlineData("{\"format\": \"csv\", \"dataset\": \"d\", \"label\": {\"pointer\": \"/y\"}}", "label: a pointer reads JSON; in csv name the column")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"label\": {\"path\": \"/y\"}}", "label: expected exactly one of pointer, column, header, constant")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"label\": {\"pointer\": \"/y\", \"unit\": \"s\"}}", "label: \"unit\" has no meaning here.")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"time\": {\"pointer\": \"/y\", \"unit\": \"h\"}}", "time: \"h\" is no unit of time; one of iso, s, ms, us, ns")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"time\": {\"pointer\": \"/y\", \"unti\": \"s\"}}", "Did you mean \"unit\"?")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"time\": {\"pointer\": \"/y\", \"unit\": \"s\", \"format\": \"yyyy\"}}", "keep one")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"features\": [\"a\"]}", "features: expected an object of names")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"features\": {\"*\": \"data\"}}", "features/*: \"data\" is no JSON pointer")]
    [InlineData("{\"format\": \"csv\", \"dataset\": \"d\", \"features\": {\"*\": \"/data\"}}", "features/*: in csv \"*\" takes every column")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"d\", \"source\": \"header:\"}", "source: the name of the header is empty")]
    [InlineData("{\"format\": \"jsonl\", \"dataset\": \"\"}", "dataset: is empty")]
    public void Parse_WhenTheProfileIsWrong_SaysWhereAndWhatToDo(string json, string message) =>
        Assert.Contains(message, Fault(json), StringComparison.Ordinal);

    [Fact]
    public void Parse_WhenThereAreSeveralFaults_ListsThemAll() =>
        Assert.Equal(3, Fault("{\"format\": \"csvv\", \"kind\": \"data\", \"lable\": \"y\", \"dataset\": \"d\"}").Split('\n').Length);

    [Theory]
    [InlineData("\"label\": \"incom\"", "label: there is no column \"incom\". Did you mean \"income\"? The columns are age, income, job")]
    [InlineData("\"features\": {\"a\": \"agee\"}", "features/a: there is no column \"agee\". Did you mean \"age\"?")]
    [InlineData("\"attributes\": {\"a\": \"sector\"}", "attributes/a: there is no column \"sector\". The columns are")]
    [InlineData("\"source\": \"jobb\"", "source: \"jobb\" is no column but looks like \"job\"; write {\"column\": \"job\"} or {\"constant\": \"jobb\"}")]
    [InlineData("\"source\": \"/jobs\"", "source: there is no column \"/jobs\". Did you mean \"job\"?")]
    [InlineData("\"source\": {\"column\": \"jobs\"}", "source: there is no column \"jobs\"")]
    public void Add_WhenTheColumnsDoNotFit_SaysWhichThereAre(string members, string message)
    {
        var profile = Parse($$"""{"format": "csv", "dataset": "census-model", {{members}}}""");
        var error = Assert.Throws<ProfileException>(() => new ProfileRegistry().Add("t", profile, ["age", "income", "job"]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_WhenConstantsAreExplicit_TakesThemWhateverTheColumns()
    {
        var registry = new ProfileRegistry();
        registry.Add("t", Parse("""{"format": "csv", "dataset": {"constant": "age"}, "source": {"constant": "jobb"}, "label": {"constant": "spam"}}"""), ["age", "job"]);
        Assert.Equal(Locator.Constant("age"), registry.Find("t")!.Dataset with { Line = 0 });
    }

    [Fact]
    public void Add_WhenACsvHasNoColumns_AsksForThem()
    {
        var error = Assert.Throws<ProfileException>(() => new ProfileRegistry().Add("t", Parse("""{"format": "csv", "dataset": "d"}""")));
        Assert.Contains("list the columns in order", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_WhenOneFieldLiesWithinAnother_Refuses()
    {
        var profile = Parse("""{"format": "jsonl", "dataset": "d", "text": "/a", "label": "/a/b"}""");
        Assert.Contains("text: reads one value at /a", Assert.Throws<ProfileException>(() => new ProfileRegistry().Add("t", profile)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_WhenTheSourceIsReplaced_ReadsItFromThere()
    {
        var registry = new ProfileRegistry();
        registry.Add("t", Parse("""{"format": "csv", "dataset": "d", "columns": ["a"]}""") with { Source = Locator.Header("assay-source") });
        var input = new InputRecord(0, 0, null, "x"u8.ToArray(), [new RecordHeader("assay-source", "source-3"u8.ToArray())]);
        Assert.Equal("source-3", registry.CreateRouter("t").Route(input));
    }

    [Fact]
    public void Load_WhenTheFileIsAbsent_SaysSo() =>
        Assert.Contains("cannot be read", Assert.Throws<ProfileException>(() => Profile.Load("no-such-profile.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void CreateReader_WhenTheTopicHasNoProfile_Throws() =>
        Assert.Throws<KeyNotFoundException>(() => new ProfileRegistry().CreateReader("t", 0));
}
