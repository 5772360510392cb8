using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;
using Assay.Grains.Tests.Support;
using static Assay.Grains.Tests.Support.TrustCluster;

namespace Assay.Grains.Tests.Identities;

public sealed class IdentityGrainTests : IAsyncLifetime
{
    private TrustCluster _cluster = null!;

    private IIdentityGrain Writer => _cluster.Identity("writer");

    public async ValueTask InitializeAsync() => _cluster = await Start();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Report_WhenTheStandingChanges_IsDurableAndThenPublishedOnce()
    {
        var outcome = await Writer.Report([Report("writer", 0, 120)]);
        Assert.Equal((Standing.Trusted, 1L), (Assert.Single(outcome.Decisions).Standing, outcome.Decisions[0].Epoch));
        Assert.Equal(["write identity", "Trusted 1"], _cluster.Journal.Take());
        Assert.Empty((await Writer.Report([Report("writer", 0, 130)])).Decisions);
        Assert.Equal(["write identity"], _cluster.Journal.Take());
    }

    [Fact]
    public async Task Report_WhenTheEvidenceReachesA_PublishesTheQuarantineAndThenTheRecall()
    {
        await Writer.Report([Report("writer", 0, 120)]);
        _cluster.Journal.Take();
        var outcome = await Writer.Report([Report("writer", 600, 200), Report("writer", 500, 150, shard: "s1")]);
        Assert.Equal(Standing.Quarantined, Assert.Single(outcome.Decisions).Standing);
        var recall = Assert.Single(outcome.Recalls);
        Assert.Equal((2L, 252L), (recall.Epoch, recall.Records));
        Assert.Equal([new RecallRange("topic", 0, 50, 200), new RecallRange("topic", 0, 50, 150)], recall.Ranges);
        Assert.Equal(["write breaker", "write breaker", "write identity", "Quarantined 2", "recall 2 to 200,150"], _cluster.Journal.Take());
        Assert.Equal(2, (await Writer.Latest())!.Epoch);
    }

    [Fact]
    public async Task Report_WhenTheEvidenceHasSquared_PublishesTheQuarantineAnewAndRecallsNothingMore()
    {
        await Writer.Report([Report("writer", 0, 120)]);
        await Writer.Report([Report("writer", 1100, 200)]);
        _cluster.Journal.Take();
        var squared = Report("writer", 1e6, 300, seen: 2) with { Subject = "education=Masters", AdmittedSinceOnset = 151 };
        var outcome = await Writer.Report([squared]);
        var revised = Assert.Single(outcome.Decisions);
        Assert.Equal((Standing.Quarantined, 3L, "education=Masters", "s0-50"), (revised.Standing, revised.Epoch, revised.Subject, revised.Onset));
        Assert.Empty(outcome.Recalls);
        Assert.Equal(["write identity", "Quarantined 3"], _cluster.Journal.Take());
        Assert.Empty((await Writer.Report([squared with { Sequence = 301, Mass = 1e7, Subject = "sex=Male" }])).Decisions);
    }

    [Fact]
    public async Task Report_WhenRepeatedOrLate_DoesNothing()
    {
        await Writer.Report([Report("writer", 0, 120)]);
        await Writer.Report([Report("writer", 0, 150)]);
        _cluster.Journal.Take();
        Assert.Empty((await Writer.Report([Report("writer", 0, 150), Report("writer", 5000, 140)])).Decisions);
        Assert.Empty(_cluster.Journal.Take());
    }

    [Fact]
    public async Task Report_AboutAnother_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Writer.Report([Report("other", 0, 1)]));

    [Fact]
    public async Task Report_WithACertainSign_QuarantinesOnceAndNotAgainAfterwards()
    {
        var sign = Report("writer", 0, 10) with { Rule = "bad-signature", Sentence = "the signature does not verify" };
        var outcome = await Writer.Report([sign]);
        Assert.Equal(("bad-signature", Standing.Quarantined), (outcome.Decisions[^1].Detector, outcome.Decisions[^1].Standing));
        Assert.Empty((await Writer.Report([sign, sign with { Sequence = 11 }])).Decisions);
        Assert.Empty((await Writer.Contest()).Decisions);
        Assert.Equal(Standing.Quarantined, (await Writer.Latest())!.Standing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Report_WhenStorageFails_DecidesNothingTwiceAndSkipsNoEpoch(bool writeTookEffect)
    {
        await Writer.Report([Report("writer", 0, 120)]);
        _cluster.Journal.Take();
        (_cluster.Storage.FailBeforeWrite, _cluster.Storage.FailAfterWrite) = (!writeTookEffect, writeTookEffect);
        await Assert.ThrowsAnyAsync<Exception>(async () => await Writer.Report([Report("writer", 150, 140)]));
        (_cluster.Storage.FailBeforeWrite, _cluster.Storage.FailAfterWrite) = (false, false);
        Assert.DoesNotContain("Watched 2", _cluster.Journal.Take());
        var outcome = await Writer.Report([Report("writer", 150, 140)]);
        Assert.Equal([2L], outcome.Decisions.Select(d => d.Epoch).Where(e => e > 1));
        Assert.Single(_cluster.Journal.Take(), line => line == "Watched 2");
        Assert.Empty((await Writer.Report([Report("writer", 150, 140)])).Decisions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Report_WhenPublicationWasInterrupted_PublishesTheSameBytesAtTheNextCall(bool restarted)
    {
        await Writer.Report([Report("writer", 0, 120)]);
        _cluster.Publisher.Unacknowledged = 1;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Writer.Report([Report("writer", 1500, 200)]));
        var interrupted = _cluster.Publisher.Messages[^1];
        if (restarted)
            await Restart(Writer);
        _cluster.Journal.Take();
        var outcome = await Writer.Report([]);
        Assert.Equal(["Quarantined 2", "recall 2 to 200"], _cluster.Journal.Take());
        Assert.Equal(2, Assert.Single(outcome.Decisions).Epoch);
        Assert.Equal(2, Assert.Single(outcome.Recalls).Epoch);
        Assert.Equal(interrupted, _cluster.Publisher.Messages[^2]);
        Assert.Empty((await Writer.Report([])).Decisions);
    }

    [Fact]
    public async Task Report_AfterARestart_GoesOnWhereItWas()
    {
        await Writer.Report([Report("writer", 0, 120)]);
        await Writer.Report([Report("writer", 600, 200)]);
        await Restart(Writer);
        var outcome = await Writer.Report([Report("writer", 500, 150, shard: "s1")]);
        Assert.Equal(Standing.Quarantined, outcome.Decisions[^1].Standing);
        Assert.Equal(3, outcome.Decisions[^1].Epoch);
    }

    [Fact]
    public async Task Report_WhenTheStateIsLost_KeepsTheQuarantineAndTheEpochs()
    {
        await Writer.Report([Report("writer", 0, 120)]);
        var outcome = await Writer.Report([Report("writer", 1500, 200)]);
        foreach (var decision in outcome.Decisions)
            _cluster.Table.Apply(decision);
        _cluster.Storage.Lose();
        await Restart(Writer);
        Assert.Equal(2, (await Writer.Latest())!.Epoch);
        Assert.Empty((await Writer.Report([Report("writer", 5000, 300, seen: 1), Report("writer", 0, 300, seen: 2, shard: "s1")])).Decisions);
        Assert.Equal((Standing.Quarantined, 2L), ((await Writer.Latest())!.Standing, (await Writer.Latest())!.Epoch));
        Assert.Equal(3, Assert.Single((await Writer.Contest()).Decisions).Epoch);
    }

    [Fact]
    public async Task Report_WhenTheStateIsStale_GoesOnFromWhatWasPublished()
    {
        await Writer.Report([Report("writer", 0, 120)]);
        var stale = _cluster.Storage.Remember();
        var outcome = await Writer.Report([Report("writer", 150, 200)]);
        _cluster.Table.Apply(outcome.Decisions[^1]);
        stale();
        await Restart(Writer);
        await Restart(_cluster.Cohort());
        Assert.Equal(3, Assert.Single((await Writer.Report([Report("writer", 2000, 250, seen: 2)])).Decisions).Epoch);
    }

    [Fact]
    public async Task Report_OfWhatWasAdmittedMeanwhile_IsRecalledInAddition()
    {
        await Writer.Report([Report("writer", 0, 120)]);
        await Writer.Report([Report("writer", 1500, 200)]);
        var late = await Writer.Report([Report("writer", 1600, 230, seen: 1)]);
        Assert.Empty(late.Decisions);
        var recall = Assert.Single(late.Recalls);
        Assert.Equal((2L, 30L, "topic/0/201", "s0-230"), (recall.Epoch, recall.Records, recall.From, recall.To));
        Assert.Equal([new RecallRange("topic", 0, 201, 230)], recall.Ranges);
        var applied = Report("writer", 0, 300, seen: 2) with { Onset = new RecordPlace("s0-280", "topic", 0, 280) };
        Assert.Empty((await Writer.Report([applied])).Recalls);
    }
}
