using System.Text.RegularExpressions;
using Assay.Detection;

namespace Assay.Host.Tests.Architecture;

public sealed partial class SourceTextTests
{
    [Fact]
    public void Sources_Everywhere_HoldNothingUnfinished()
    {
        string[] files = [.. new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, "*.cs"))];

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(
            Unfinished().IsMatch(File.ReadAllText(Repository.At(file))), $"{file} holds {Unfinished().Match(File.ReadAllText(Repository.At(file))).Value}"));
    }

    [Fact]
    public void Detectors_InTheCatalogue_HaveAFolderWithReadmeOptionsAndFixture()
    {
        Assert.NotEmpty(DetectorCatalog.All);
        Assert.All(DetectorCatalog.All, factory =>
        {
            var name = factory.GetType().Namespace!.Split('.')[^1];
            var folder = Repository.At("src", "Assay.Detection", name);
            Assert.True(File.Exists(Path.Combine(folder, "README.md")), $"{factory.Id}: {name}/README.md is missing");
            Assert.True(Directory.EnumerateFiles(folder, "*Options.cs").Any(), $"{factory.Id}: {name}/*Options.cs is missing");
            Assert.True(
                Repository.Files("tests/Assay.Detection.Tests", "*").Any(f => IsFixtureOf(f, name, factory.Id)),
                $"{factory.Id}: no file under tests/Assay.Detection.Tests keeps its state; its path must hold {name} or {factory.Id}");
        });
    }

    private static bool IsFixtureOf(string file, string name, string id) =>
        !file.EndsWith(".cs", StringComparison.Ordinal)
        && (file.Contains(name, StringComparison.Ordinal) || file.Contains(id, StringComparison.Ordinal));

    [GeneratedRegex("\\bTO" + "DO\\b|\\bFIX" + "ME\\b|NotImplemented" + "Exception")]
    private static partial Regex Unfinished();
}
