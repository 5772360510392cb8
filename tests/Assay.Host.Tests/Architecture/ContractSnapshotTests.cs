namespace Assay.Host.Tests.Architecture;

public sealed class ContractSnapshotTests
{
    [Fact]
    public void Contracts_AsBuilt_AreThoseApproved()
    {
        var file = Repository.At("tests", "Assay.Host.Tests", "Contracts.approved.txt");
        var actual = ContractSnapshot.Render();
        if (Environment.GetEnvironmentVariable("ASSAY_APPROVE") == "1")
            File.WriteAllText(file, actual);

        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        Assert.True(
            approved == actual,
            $"""
             Contracts changed: silos of two versions, stored state or readers of the topics may not understand each other.
             {Differences(approved, actual)}
             If this is meant and compatible, run the test with ASSAY_APPROVE=1 and commit {Path.GetFileName(file)}.
             """);
    }

    [Fact]
    public void WireTypes_InTheSnapshot_AllHaveAliases() =>
        Assert.DoesNotContain("(no alias)", ContractSnapshot.Render(), StringComparison.Ordinal);

    private static string Differences(string approved, string actual)
    {
        var before = approved.Split('\n');
        var after = actual.Split('\n');
        return string.Join('\n', before.Except(after).Select(l => "- " + l).Concat(after.Except(before).Select(l => "+ " + l)));
    }
}
