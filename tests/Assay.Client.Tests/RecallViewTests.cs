using Assay.Contracts.Trust;

namespace Assay.Client.Tests;

public sealed class RecallViewTests
{
    [Fact]
    public void IsRecalled_OfRecordsAtTheEdges_FollowsTheRanges()
    {
        var view = new RecallView();
        view.Apply(new Recall
        {
            Identity = "svc",
            Epoch = 1,
            From = "t/0/5",
            To = "t/0/9",
            Records = 5,
            Ranges = [new RecallRange("t", 0, 5, 9)],
        });

        Assert.Equal(
            [false, true, true, false],
            new long[] { 4, 5, 9, 10 }.Select(offset => view.IsRecalled("svc", "pipe", "t", 0, offset)));
        Assert.False(view.IsRecalled("svc", "pipe", "t", 1, 5));
        Assert.False(view.IsRecalled("other", "pipe", "t", 0, 5));
    }

    [Fact]
    public void IsRecalled_OfASelfAssertedIdentity_HoldsForItsSourceOnly()
    {
        var view = new RecallView();
        view.Apply(new Recall
        {
            Identity = "svc",
            Source = "pipe",
            Epoch = 1,
            From = "a",
            To = "a",
            Records = 1,
            Ranges = [new RecallRange("t", 0, 5, 5)],
        });

        Assert.True(view.IsRecalled("svc", "pipe", "t", 0, 5));
        Assert.False(view.IsRecalled("svc", "other", "t", 0, 5));
    }
}
