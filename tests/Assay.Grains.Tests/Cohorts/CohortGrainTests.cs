using Assay.Contracts.Cohorts;
using Assay.Contracts.Trust;
using Assay.Grains.Cohorts;
using static Assay.Grains.Tests.Support.TrustCluster;

namespace Assay.Grains.Tests.Cohorts;

public sealed class CohortGrainTests
{
    [Fact]
    public async Task Publish_WhenSomethingChanged_IsDurableAndThenHandedOutOnce()
    {
        await using var cluster = await Start();
        await cluster.Cohort().Contribute(new LabelShard("a", 1).After(300));
        var view = await cluster.Cohort().Publish();
        Assert.Equal((1L, 3L, 300L), (view!.Version, view.Identities, view.Records));
        Assert.Equal(["write cohort", "view 1"], cluster.Journal.Take());
        Assert.Null(await cluster.Cohort().Publish());
        Assert.Empty(cluster.Journal.Take());
    }

    [Fact]
    public async Task Contribute_InARunningCluster_PublishesByRecordsAndTime()
    {
        await using var cluster = await Start(new CohortOptions { PublishEvery = 500, MinInterval = TimeSpan.FromSeconds(10) });
        var shard = new LabelShard("a", 1);
        await cluster.Cohort().Contribute(shard.After(499));
        Assert.Empty(cluster.Journal.Take());
        await cluster.Cohort().Contribute(shard.After(1));
        Assert.Equal(["write cohort", "view 1"], cluster.Journal.Take());
        await cluster.Cohort().Contribute(shard.After(600));
        Assert.Empty(cluster.Journal.Take());
        cluster.Time.Pass(TimeSpan.FromSeconds(10));
        await cluster.Cohort().Contribute(shard.After(1));
        Assert.Equal(["write cohort", "view 2"], cluster.Journal.Take());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_WhenStorageFails_NeverGivesTwoViewsOneNumber(bool writeTookEffect)
    {
        await using var cluster = await Start();
        var shard = new LabelShard("a", 1);
        await cluster.Cohort().Contribute(shard.After(300));
        (cluster.Storage.FailBeforeWrite, cluster.Storage.FailAfterWrite) = (!writeTookEffect, writeTookEffect);
        await Assert.ThrowsAnyAsync<Exception>(async () => await cluster.Cohort().Publish());
        (cluster.Storage.FailBeforeWrite, cluster.Storage.FailAfterWrite) = (false, false);
        await cluster.Cohort().Contribute(shard.After(100));
        await cluster.Cohort().Publish();
        var views = cluster.Publisher.Messages.ConvertAll(m => CohortViewCodec.Read(m));
        Assert.Equal(writeTookEffect ? [1, 2] : [1L], views.Select(v => v.Version));
        Assert.Equal(400, views[^1].Records);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_WhenItWasInterrupted_HandsOutTheSameBytesAgain(bool restarted)
    {
        await using var cluster = await Start();
        await cluster.Cohort().Contribute(new LabelShard("a", 1).After(300));
        cluster.Publisher.Unacknowledged = 1;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cluster.Cohort().Publish());
        if (restarted)
            await Restart(cluster.Cohort());
        Assert.Equal(1, (await cluster.Cohort().Publish())!.Version);
        Assert.Equal(cluster.Publisher.Messages[0], cluster.Publisher.Messages[1]);
        Assert.Null(await cluster.Cohort().Publish());
    }

    [Fact]
    public async Task Publish_WhenTheViewIsTooLarge_HandsOutNothingAndGoesOn()
    {
        await using var cluster = await Start();
        var shard = new LabelShard("a", 1);
        await cluster.Cohort().Contribute(shard.After(300));
        cluster.Publisher.RefuseViews = true;
        Assert.Null(await cluster.Cohort().Publish());
        cluster.Publisher.RefuseViews = false;
        await cluster.Cohort().Contribute(shard.After(100));
        Assert.Equal(2, (await cluster.Cohort().Publish())!.Version);
    }

    [Fact]
    public async Task Allow_WhenTheCohortIsContested_StaysSoAfterARestart()
    {
        await using var cluster = await Start();
        var cohort = cluster.Cohort();
        Assert.False(await cohort.Note(new StandingKey("w0"), 500, 1000));
        var answer = await cohort.Allow(new StandingKey("w1"), 1000);
        Assert.Equal((false, 2), (answer.Allowed, answer.Suspects.Length));
        await Restart(cohort);
        Assert.True(await cohort.Note(new StandingKey("w0"), 500, 1000));
        Assert.False(await cohort.Note(new StandingKey("w2"), 1, 1000));
        Assert.False((await cohort.Allow(new StandingKey("w2"), 1000)).Allowed);
        Assert.True((await cohort.Publish())!.Contested);
    }

    [Fact]
    public async Task Contribute_WhenTheCohortIsContested_PublishesItAtOnce()
    {
        await using var cluster = await Start(new CohortOptions { PublishEvery = 10_000, Frozen = true });
        await cluster.Cohort().Note(new StandingKey("w0"), 500, 1000);
        await cluster.Cohort().Allow(new StandingKey("w1"), 1000);
        await cluster.Cohort().Contribute(new LabelShard("a", 1).After(1));
        Assert.True(CohortViewCodec.Read(Assert.Single(cluster.Publisher.Messages)).Contested);
    }
}
