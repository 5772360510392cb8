using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Outcomes;

namespace Assay.Host.Tests.Replay.Outcomes;

public sealed class OutcomeNamesTests
{
    private readonly RowIndex _rows = new("replay", 1, 5);
    private readonly EvidencePeaks _reports = new();

    public OutcomeNamesTests()
    {
        for (var i = 0; i < 10; i++)
            _rows.Add(0, i, new JudgedRow(i, i == 9 ? "own" : null, "f.csv", i + 2, "s", "eve", i == 7 ? VerdictKind.Hold : VerdictKind.Admit, i >= 6));
    }

    private OutcomeNames Names => new(_rows, _reports);

    [Fact]
    public void Named_Decision_HasTheIdsOfTheFilesInFieldsAndSentence()
    {
        var named = Names.Named(Trust.Decision("eve", Standing.Quarantined, at: "replay/0/9", onset: "replay/0/6", reason: "flips, since replay/0/6; much"));
        Assert.Equal(("own", "f.csv:8", "flips, since f.csv:8; much"), (named.At, named.Onset, named.Reason));
    }

    [Fact]
    public void Named_WhenTheRecordIsNotRememberedAnyMore_KeepsThePosition()
    {
        _rows.Trim(10);
        Assert.Equal("replay/0/1", Names.Named(Trust.Decision("eve", Standing.Quarantined, onset: "replay/0/1")).Onset);
    }

    [Fact]
    public void Row_OfARecordWithAnIdOfItsOwn_IsFoundByTheReport()
    {
        _reports.Note(new StandingKey("eve"), [Trust.Report("eve", "replay/0/s", at: new RecordPlace("own", "replay", 0, 9))]);
        Assert.Equal(11, Names.Row(new StandingKey("eve"), "own")!.Value.Line);
        Assert.Null(Names.Row(new StandingKey("ann"), "own"));
    }

    [Fact]
    public void Named_Recall_ListsExactlyTheAdmittedRecords()
    {
        var named = Names.Named(Recall(6), out var records);
        Assert.Equal((3, "f.csv:8", "own"), (named.Records, named.From, named.To));
        Assert.Equal(["f.csv:8", "f.csv:10", "own"], named.Ids!);
        Assert.Equal([6, 8, 9], records.Select(row => row.Number));
    }

    [Fact]
    public void Named_RecallThatReachesFurtherBackThanTheRows_KeepsItsOwnCount()
    {
        _rows.Trim(10);
        var named = Names.Named(Recall(0), out var records);
        Assert.Equal((40, "replay/0/0", "own"), (named.Records, named.From, named.To));
        Assert.Equal(4, records.Count);
    }

    [Fact]
    public void Measure_OfAQuarantine_CountsPoisonUpToTheDecisionAndRecordsBetweenOnsets()
    {
        var measure = new AttackMeasure(_rows);
        measure.Decided(Trust.Decision("ann", Standing.Quarantined), null, null);
        measure.Decided(Trust.Decision("eve", Standing.Watched), _rows.Find(0, 8), _rows.Find(0, 6));
        Assert.Null(measure.DetectedAfter);
        measure.Decided(Trust.Decision("eve", Standing.Quarantined), _rows.Find(0, 8), _rows.Find(0, 4));
        Assert.Equal((3, -2), (measure.DetectedAfter, measure.OnsetError));
        measure.Decided(Trust.Decision("eve", Standing.Quarantined, epoch: 3), _rows.Find(0, 9), _rows.Find(0, 9));
        Assert.Equal((3, -2), (measure.DetectedAfter, measure.OnsetError));
    }

    [Fact]
    public void Peak_IsTheMostThatAllShardsTogetherEverSaid()
    {
        var key = new StandingKey("eve");
        _reports.Note(key, [Trust.Report("eve", "a", mass: 10), Trust.Report("eve", "b", mass: 5)]);
        _reports.Note(key, [Trust.Report("eve", "b", mass: 1)]);
        Assert.Equal(15, _reports.Peak("eve"));
        _reports.Note(Trust.Decision("eve", Standing.Quarantined, epoch: 2) with { EvidenceEpoch = 2 });
        _reports.Note(key, [Trust.Report("eve", "b", mass: 14, seenEpoch: 2)]);
        Assert.Equal(15, _reports.Peak("eve"));
        Assert.Equal(0, _reports.Peak("ann"));
    }

    private static Recall Recall(long from) => new()
    {
        Identity = "eve",
        Epoch = 1,
        From = $"replay/0/{from}",
        To = "replay/0/9",
        Records = 40,
        Ranges = [new RecallRange("replay", 0, from, 9)],
    };
}
