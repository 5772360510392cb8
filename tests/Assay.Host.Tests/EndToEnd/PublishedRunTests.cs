using System.Globalization;
using Assay.Evaluation.Labels;
using Assay.Host.Tests.Replay;
using Assay.Mapping.Tests.Examples;
using static Assay.Host.Tests.EndToEnd.TrustOutcome;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>
/// The published figures of <c>label-slices</c> come from detector, ledger and reference alone. The same streams through broker, grains, cohort views and
/// standings come to the same: who, at which record, with how much evidence, where.
/// </summary>
[Collection(CommandLine.Collection)]
public sealed class PublishedRunTests : IDisposable
{
    private const string Positive = ">50K";
    private const string Negative = "<=50K";
    private const int Tick = 500;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hash", 8, 5001UL, "workclass", "Private", 0.3)]
    [InlineData("hash+skew", 8, 5002UL, "occupation", "Exec-managerial", 0.3)]
    [InlineData("hash", 1, 5003UL, "occupation", "Exec-managerial", 0.3)]
    public async Task Replay_OfAnAttackedStream_QuarantinesAsThePublishedRunDoes(string split, int sources, ulong seed, string column, string value, double rate)
    {
        var published = await Run(split, sources, seed, new FlipAttack(column, value, rate));
        Assert.True(published.Caught);
        Assert.Equal(published.NamedLast, Text(new TrustOutcome(_folder["out"]).Quarantines.Last(), "subject"));
    }

    [Theory]
    [InlineData("hash", 8, 6001UL)]
    [InlineData("hid:sex+wave", 2, 6001UL)]
    public async Task Replay_OfACleanStream_QuarantinesAsThePublishedRunDoes(string split, int sources, ulong seed) => await Run(split, sources, seed, null);

    private async Task<LabelOutcome> Run(string split, int sources, ulong seed, FlipAttack? attack)
    {
        var table = LabelTable.Load([ExampleData.File("adult", "adult.data.gz"), ExampleData.File("adult", "adult.test.gz")], "target");
        var dealt = new Split(split, table);
        var draws = new Draws(seed);
        var rows = dealt.Deal(table, Positive, sources, 1, draws);
        var attacker = attack?.Apply(table, rows, sources, draws) ?? -1;
        var onset = attack is null ? rows.Count : (int)(rows.Count * attack.Onset);
        var published = new LabelRun(table, Positive, Negative).Run(rows, sources, dealt.Hidden, attacker, onset, 1e5, Tick);

        using (var file = new StreamWriter(_folder["stream.csv"]))
            StreamFile.Write(file, table, rows, dealt.Hidden, Positive, Negative);
        // The run knows no other detector, and holds no single record on its own evidence.
        (await CommandLine.Run(
            "replay", _folder["stream.csv"], "--profile", _folder.Write("p.json", StreamFile.Profile(table, dealt.Hidden)), "--out", _folder["out"],
            "--set", "Sources:Detectors:0=label-slices", "--set", "Records:HoldBudget=0")).Ended(0);
        var replayed = new TrustOutcome(_folder["out"]);
        // After the first quarantine the two go apart: the run begins anew with the source, the replay waits for a person.
        Assert.Equal(
            published.Quarantines.Take(1).Select(q => (q.Source, q.At, q.Subject, Mass(q.Mass))),
            replayed.Quarantines.Take(1).Select(d =>
                (Text(d, "identity")!, (long)replayed.Index(Text(d, "at")!), Text(d, "subject")!, Mass(d.GetProperty("evidence").GetProperty("M").GetDouble()))));
        return published;
    }

    private static string Mass(double mass) => mass.ToString("G5", CultureInfo.InvariantCulture);
}
