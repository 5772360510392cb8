using Assay.Kafka.Ingress;

namespace Assay.Kafka.Tests.Ingress;

public sealed class PartitionMarkTests
{
    [Theory]
    [InlineData(100, 0, 0, 100, true)]
    [InlineData(100, 0, 0, 101, false)]
    [InlineData(100, 150, 0, 150, true)]
    [InlineData(100, 0, 150, 150, true)]
    [InlineData(100, 0, 150, 151, false)]
    public void Covers_WhatIsMarkedAskedForOrAnnounced(long offset, long rebuildTo, long commitTo, long committed, bool covered) =>
        Assert.Equal(covered, new PartitionMark(offset, 0, rebuildTo, commitTo).Covers(committed));

    [Theory]
    [InlineData(100, 0, 150, 100, false)]
    [InlineData(100, 0, 150, 150, true)]
    [InlineData(100, 150, 150, 150, false)]
    public void MustRebuild_WhereStateIsBehindAndNobodyHasSaidThatItMayBe(long offset, long rebuildTo, long commitTo, long committed, bool must) =>
        Assert.Equal(must, new PartitionMark(offset, 0, rebuildTo, commitTo).MustRebuild(committed));

    /// <summary>A stalled former owner takes neither a mark nor an announcement back.</summary>
    [Fact]
    public void Then_NeverTakesBack()
    {
        var stands = new PartitionMark(100, 7, 0, 300);

        Assert.Equal(stands, stands.Then(new PartitionMark(90, 5, 0, 200)));
        Assert.Equal(new PartitionMark(100, 8, 0, 300), stands.Then(new PartitionMark(100, 8, 0, 200)));
        Assert.Equal(new PartitionMark(100, 7, 0, 400), stands.Then(new PartitionMark(90, 5, 0, 400)));
        Assert.Equal(new PartitionMark(250, 9, 0, 400), stands.Then(new PartitionMark(250, 9, 0, 400)));
    }

    [Theory]
    [InlineData(99, 300, true)]
    [InlineData(100, 299, true)]
    [InlineData(100, 300, false)]
    [InlineData(200, 400, false)]
    public void Precedes_AStoreThatHasLostAMarkOrAnAnnouncement(long offset, long commitTo, bool lost) =>
        Assert.Equal(lost, new PartitionMark(offset, 0, 0, commitTo).Precedes(new PartitionMark(100, 0, 0, 300)));
}
