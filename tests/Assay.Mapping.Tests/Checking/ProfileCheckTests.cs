using Assay.Mapping.Checking;
using Assay.Mapping.Files;
using Assay.Mapping.Profiles;
using Assay.Mapping.Tests.Files;

namespace Assay.Mapping.Tests.Checking;

public sealed class ProfileCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_ShowsFieldsFailuresAndWhatWasNeverFound()
    {
        var profile = Profile.Parse("""
            {"format": "csv", "dataset": "census-model", "identity": "who", "label": "y", "time": "at", "tool": "header:tool",
             "features": {"age": "age"}, "attributes": {"job": "job"}}
            """u8);
        var path = _folder.Write("rows.csv", "who,age,job,at,y\nann,39,clerk\u202e,2024-01-01,yes\nbob,old,clerk,,no\nann,40\nann,41,,,\nann,41,,,\n");
        using var files = RecordFiles.Open([path], ProfileFiles.Options(profile));
        using var output = new StringWriter { NewLine = "\n" };

        var failures = ProfileCheck.Run(profile, files.Columns, files.Read(), output, 4);

        Assert.Equal(2, failures);
        Assert.Equal(
            $"""
            {path}, line 2
              id          none of its own; in a topic: topic/partition/offset
              kind        ingestion
              dataset     "census-model"
              source      "topic"
              identity    "ann"
              time        2024-01-01T00:00:00.0000000+00:00
              label       "yes"
              features    age = 39
              attributes  job = "clerk\u{"{202e}"}"

            {path}, line 3
              not read: features/age: expected a number in column "age", found "old"

            {path}, line 4
              not read: The row has 2 fields; the header has 5.

            {path}, line 5
              id          none of its own; in a topic: topic/partition/offset
              kind        ingestion
              dataset     "census-model"
              source      "topic"
              identity    "ann"
              features    age = 41

            4 records: 2 read, 2 not; 1 identities
              1 not read: decode, columns
              1 not read: map, features/age
              never found: tool (in header "tool")

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void Run_OfCloudEventsInAFile_ReadsThemAsStructured()
    {
        var profile = Profile.Parse("""{"format": "cloudevents", "dataset": "d", "features": "*"}"""u8);
        var path = _folder.Write("events.jsonl", """{"specversion": "1.0", "id": "1", "source": "s", "data": {"x": 2}}""" + "\n");
        using var files = RecordFiles.Open([path], ProfileFiles.Options(profile));
        using var output = new StringWriter();
        Assert.Equal(0, ProfileCheck.Run(profile, files.Columns, files.Read(), output));
        Assert.Contains("features    x = 2", output.ToString(), StringComparison.Ordinal);
    }
}
