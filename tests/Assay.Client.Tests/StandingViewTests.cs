using Assay.Contracts.Trust;

namespace Assay.Client.Tests;

public sealed class StandingViewTests
{
    [Fact]
    public void Apply_InAnyOrderWithRepeats_EndsWithTheHighestEpoch()
    {
        Decision[] decisions =
        [
            Decisions.Of("svc", Standing.Trusted, 1), Decisions.Of("svc", Standing.Quarantined, 2), Decisions.Of("svc", Standing.Watched, 3),
        ];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0, 2, 0]];

        foreach (var order in orders)
        {
            var view = new StandingView();
            foreach (var i in order)
                view.Apply(decisions[i]);
            Assert.Equal(Standing.Watched, view.StandingOf("svc", "any"));
        }
    }

    [Fact]
    public void Apply_OfAnOlderOrEqualEpoch_IsFalseAndChangesNothing()
    {
        var view = new StandingView();

        Assert.True(view.Apply(Decisions.Of("svc", Standing.Quarantined, 2)));
        Assert.False(view.Apply(Decisions.Of("svc", Standing.Trusted, 2)));
        Assert.False(view.Apply(Decisions.Of("svc", Standing.Trusted, 1)));
        Assert.Equal(Standing.Quarantined, view.StandingOf("svc", "any"));
    }

    [Fact]
    public void StandingOf_ASelfAssertedIdentity_HoldsForItsSourceOnly()
    {
        var view = new StandingView();
        view.Apply(Decisions.Of("victim", Standing.Quarantined, 1, "attacker-pipe"));

        Assert.Equal(Standing.Quarantined, view.StandingOf("victim", "attacker-pipe"));
        Assert.Equal(Standing.Unproven, view.StandingOf("victim", "own-pipe"));
    }

    [Theory]
    [InlineData(Standing.Trusted, Standing.Quarantined, Standing.Quarantined)]
    [InlineData(Standing.Revoked, Standing.Trusted, Standing.Revoked)]
    [InlineData(Standing.Trusted, Standing.Unproven, Standing.Unproven)]
    public void StandingOf_WithTwoDecisions_IsTheLessTrusting(Standing everywhere, Standing here, Standing expected)
    {
        var view = new StandingView();
        view.Apply(Decisions.Of("svc", everywhere, 1));
        view.Apply(Decisions.Of("svc", here, 1, "pipe"));

        Assert.Equal(expected, view.StandingOf("svc", "pipe"));
    }
}
