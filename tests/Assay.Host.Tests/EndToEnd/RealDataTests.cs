using Assay.Host.Tests.Replay;
using Assay.Mapping.Tests.Examples;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>Real data through the committed profiles: every row has one verdict, and twice the same run is twice the same files.</summary>
[Collection(CommandLine.Collection)]
public sealed class RealDataTests : IDisposable
{
    private const int DarpaEdges = 200_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("adult.data.gz", 32_561)]
    [InlineData("adult.test.gz", 16_281)]
    public Task Replay_OfAdult_IsCompleteAndRepeatable(string file, int records) =>
        AssertReplays("adult", ExampleData.File("adult", file), Range(2, records), "--sources", "5");

    [Fact]
    public Task Replay_OfBitcoinOtc_IsCompleteAndRepeatable() =>
        AssertReplays("otc", ExampleData.File("rev2", "otc_network.csv.gz"), Range(1, 35_592));

    [Fact]
    public Task Replay_OfDarpa_IsCompleteAndRepeatable() => AssertReplays(
        "darpa",
        ExampleData.FirstLines(ExampleData.File("darpa_midas", "darpa_original.zip"), DarpaEdges, _folder["."]),
        Range(1, DarpaEdges));

    [Fact]
    public async Task Replay_OfSst2_IsCompleteAndRepeatable()
    {
        var archive = ExampleData.File("hiddenkiller", "hiddenkiller_clean_scpn.tar.xz");
        var file = ExampleData.Unpacked(archive, "clean/sst-2/train.tsv", _folder["."]);
        await AssertReplays("sst2", file, Range(2, File.ReadLines(file).Count() - 1), "--sources", "3", "--identities", "20");
    }

    [Fact]
    public async Task Replay_OfMammography_RanksOutliersAsTheRunningGaussianDoes()
    {
        var file = ExampleData.AdbenchCsv(ExampleData.File("adbench", "23_mammography.npz"), _folder["."]);
        var rows = File.ReadLines(file).Skip(1).ToList();
        await AssertReplays("adbench", file, Range(2, rows.Count));
        var scores = new ReplayedFiles(_folder["once"]).Verdicts.Select(verdict => verdict.GetProperty("score").GetDouble());
        var auroc = RankStatistics.Auroc([.. scores.Zip(rows, (score, row) => (score, row.EndsWith(",1", StringComparison.Ordinal)))]);
        Assert.InRange(auroc, 0.875, 1);
    }

    private static IEnumerable<long> Range(int first, int count) => Enumerable.Range(first, count).Select(line => (long)line);

    private async Task AssertReplays(string profile, string file, IEnumerable<long> lines, params string[] options)
    {
        string[] command = ["replay", file, "--profile", ExampleData.Profile(profile), .. options];
        (await CommandLine.Run([.. command, "--out", _folder["once"]])).Ended(0);
        (await CommandLine.Run([.. command, "--out", _folder["twice"]])).Ended(0);
        var once = new ReplayedFiles(_folder["once"]);
        once.AssertComplete(lines);
        Assert.Equal(0, once.Count("dead_letters"));
        once.AssertSame(new ReplayedFiles(_folder["twice"]));
    }
}
