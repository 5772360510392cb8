using Assay.Contracts.Records;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Grains.Sources;

namespace Assay.Grains.Tests.Sources;

/// <summary>One shard and the decisions about its writers; a record's feature is its e-value. A is 100,000, the floor 1,000.</summary>
public sealed class ShardEvidenceTests
{
    private readonly ShardTrust _trust = ShardTrust.New(BetDetector.Set, Assurance.TopicAcl);
    private long _offset;
    private long _epoch;

    [Fact]
    public void News_AfterAQuarantineIsApplied_TellHowFarTheShardWentOn()
    {
        var scorer = Scorer();
        Write(scorer, "w", 10, 1);
        Write(scorer, "w", 10, 2);
        var told = Assert.Single(scorer.News(contribute: true).Reports);
        Write(scorer, "w", 3, 1.1);
        Decide("w", Standing.Quarantined, voids: true);
        Assert.Equal(VerdictKind.Hold, Write(scorer, "w", 2, 1));
        var report = Assert.Single(scorer.News(contribute: true).Reports);
        Assert.Equal((1L, null), (report.SeenEpoch, report.Rule));
        Assert.Equal((0L, 22L, told.AdmittedSinceOnset + 3), (report.Before!.SeenEpoch, report.Before.At.Offset, report.Before.AdmittedSinceOnset));
        Assert.Empty(scorer.News(contribute: true).Reports);

        // Whether it was told is not known after a restart, so it is told again.
        var restored = Scorer();
        restored.Load(scorer.Save());
        Assert.Equal(report.Before, Assert.Single(restored.News(contribute: true).Reports).Before);
        Assert.Equal(scorer.Save(), restored.Save());
    }

    /// <summary>A shard that comes back tells what it told, from the same record.</summary>
    [Fact]
    public void News_OfAQuarantinedWriter_TellOnceMoreWhenTheEvidenceHasSquared()
    {
        var scorer = Scorer();
        Write(scorer, "w", 10, 1);
        Write(scorer, "w", 10, 3);
        var told = Assert.Single(scorer.News(contribute: true).Reports);
        Decide("w", Standing.Quarantined, voids: false);
        Write(scorer, "w", 1, 1);
        Assert.Equal(1L, Assert.Single(scorer.News(contribute: true).Reports).SeenEpoch);
        Write(scorer, "w", 5, 3);
        Assert.False(scorer.Urgent);
        Assert.Empty(scorer.News(contribute: true).Reports);
        Write(scorer, "w", 20, 3);
        Assert.True(scorer.Urgent);
        var certain = Assert.Single(scorer.News(contribute: false).Reports);
        Assert.InRange(certain.Mass, 1e10, 3e10);
        Assert.Equal((told.Onset, told.AdmittedSinceOnset), (certain.Onset, certain.AdmittedSinceOnset));
        Write(scorer, "w", 20, 3);
        Assert.False(scorer.Urgent);
        Assert.Empty(scorer.News(contribute: true).Reports);

        var restored = Scorer();
        restored.Load(scorer.Save());
        Assert.Equal(certain, Assert.Single(restored.News(contribute: true).Reports));
        Assert.Empty(restored.News(contribute: true).Reports);
        Decide("w", Standing.Watched, voids: true);
        Assert.Equal(VerdictKind.Admit, Write(restored, "w", 1, 1));
        Assert.InRange(Assert.Single(restored.News(contribute: true).Reports).Mass, 0, 2);
    }

    [Fact]
    public void News_AfterARelease_SayNothingOfWhatWasAdmittedBeforeTheQuarantine()
    {
        var scorer = Scorer();
        Write(scorer, "w", 20, 2);
        Decide("w", Standing.Quarantined, voids: true);
        Write(scorer, "w", 1, 1);
        Decide("w", Standing.Watched, voids: true);
        Write(scorer, "w", 1, 1);
        Assert.Null(Assert.Single(scorer.News(contribute: true).Reports).Before);
    }

    [Fact]
    public void News_WhenTheWriterWasForgottenSinceTheOnset_CountNoMoreThanItIsKnownToHaveWritten()
    {
        var scorer = Scorer(identities: 1);
        Write(scorer, "w", 10, 1);
        Write(scorer, "w", 11, 2);
        Write(scorer, "other", 1, 1);
        Write(scorer, "w", 4, 1.1);
        var report = Assert.Single(scorer.News(contribute: true).Reports);
        Assert.Equal(("w", 4L), (report.Key.Identity, report.AdmittedSinceOnset));
    }

    [Fact]
    public void Apply_WhenACertainSignIsSeenOfAContestedWriter_TellsIt()
    {
        var scorer = Scorer();
        Decide("w", Standing.Contested, voids: false);
        Write(scorer, "w", 20, 3);
        Assert.DoesNotContain(scorer.News(contribute: true).Reports, r => r.Rule is not null);
        Write(scorer, "w", 1, 1, "sign");
        Assert.True(scorer.Urgent);
        Assert.Equal(BetDetector.Rule, Assert.Single(scorer.News(contribute: true).Reports).Rule);
    }

    [Fact]
    public void Apply_WhenTheWriterIsContestedBeforeItsCertainSignIsSettled_GoesOnTellingTheSign()
    {
        var scorer = Scorer();
        Write(scorer, "w", 1, 1, "sign");
        Decide("w", Standing.Contested, voids: false);
        Write(scorer, "w", 1, 1);
        Assert.Equal(BetDetector.Rule, Assert.Single(scorer.News(contribute: true).Reports).Rule);
        Decide("w", Standing.Quarantined, voids: true);
        Write(scorer, "w", 1, 1);
        Assert.Null(Assert.Single(scorer.News(contribute: true).Reports).Rule);
    }

    [Fact]
    public void Apply_WhenTheEvidencePassesTheThreshold_HoldsAndTellsItUntilADecisionVoidsIt()
    {
        var scorer = Scorer();
        Assert.Equal(VerdictKind.Hold, Write(scorer, "w", 20, 3));
        var accusation = Assert.Single(scorer.News(contribute: false).Reports);
        Assert.Equal(VerdictKind.Hold, Write(scorer, "w", 200, 0.1));
        Assert.Equal(accusation, Assert.Single(scorer.News(contribute: true).Reports));
        Decide("w", Standing.Trusted, voids: false);
        Assert.Equal(VerdictKind.Hold, Write(scorer, "w", 1, 1));
        Decide("w", Standing.Watched, voids: true);
        Assert.Equal(VerdictKind.Admit, Write(scorer, "w", 1, 1));
        Assert.Equal((0L, 2L), (accusation.SeenEpoch, Assert.Single(scorer.News(contribute: true).Reports).SeenEpoch));
    }

    [Fact]
    public void Load_WhenAWriterIsWatched_FollowsItFromItsNextRecord()
    {
        var scorer = Scorer();
        Decide("w", Standing.Watched, voids: false);
        Write(scorer, "w", 5, 1);
        var restored = Scorer();
        restored.Load(scorer.Save());
        Write(restored, "w", 1, 1);
        Assert.Equal(6, Assert.Single(restored.News(contribute: true).Reports).MonitoredRecords);
        Write(restored, "w", 1, 1);
        Assert.Equal(7, Assert.Single(restored.News(contribute: true).Reports).MonitoredRecords);
    }

    private SourceScorer Scorer(int identities = 10_000) =>
        Shards.Factory(new SourceOptions { MaxIdentities = identities }, trust: _trust, detectors: BetDetector.Set).Create(Shards.Id);

    /// <returns>The last verdict.</returns>
    private VerdictKind Write(SourceScorer scorer, string writer, int records, double evidence, string id = "r")
    {
        var kind = VerdictKind.None;
        for (var i = 0; i < records; i++, _offset++)
            kind = scorer.Apply(Shards.Line(_offset, FormattableString.Invariant($"{id}{_offset} {writer} {evidence}")), VerdictKind.None).Kind;
        return kind;
    }

    private void Decide(string writer, Standing standing, bool voids) => _trust.Standings.Apply(new Decision
    {
        Identity = writer,
        Standing = standing,
        Epoch = ++_epoch,
        EvidenceEpoch = voids ? _epoch : 0,
        Reason = "because",
        Evidence = new DecisionEvidence(1, 100),
    });
}
