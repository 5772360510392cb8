using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Contracts.Verdicts;
using Assay.Grains.Sources;

namespace Assay.Grains.Tests.Sources;

/// <summary>States that were written once stay readable. A new version adds a file; none is ever written again.</summary>
public sealed class SourceStateFixtureTests
{
    private const int Records = 600;

    [Fact]
    public void Load_OfVersion1_KnowsWhatWasWritten()
    {
        var state = File.ReadAllBytes(Fixture("source-v1.state"));
        var scorer = Shards.Factory().Create(Shards.Id);
        scorer.Load(state);
        Assert.Equal(Records - 1, scorer.LastOffset);

        // Offset 599 holds a repeat of the id before it: what the state remembers of ids decides the next verdict.
        Assert.Equal(VerdictKind.Reject, scorer.Apply(Shards.Line(Records, $"r{Records - 2} writer-1 5"), VerdictKind.None).Kind);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            SourceStateFormat.Describe(state, Shards.Factory().CreateSections(), json);
        var identities = JsonDocument.Parse(buffer.ToArray()).RootElement.GetProperty("sections").GetProperty("identities").GetProperty("state");
        Assert.Equal(5, identities.GetProperty("identities").GetInt32());
    }

    /// <summary>Writes the fixture of the present version where it is missing, with <c>ASSAY_WRITE_FIXTURES=1</c>.</summary>
    [Fact]
    public void Save_OfThisVersion_HasAFixture()
    {
        var path = Fixture($"source-v{SourceStateFormat.Version}.state");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("ASSAY_WRITE_FIXTURES") == "1")
        {
            var scorer = Shards.Factory().Create(Shards.Id);
            foreach (var record in Shards.Stream(Records))
                scorer.Apply(record, VerdictKind.None);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, scorer.Save());
        }

        Assert.True(File.Exists(path), $"{path} is missing; ASSAY_WRITE_FIXTURES=1 writes it.");
    }

    private static string Fixture(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Fixtures", name);
}
