using Assay.Contracts.Trust;
using Assay.Grains.Identities;
using static Assay.Grains.Tests.Identities.Reports;

namespace Assay.Grains.Tests.Identities;

public class StandingTableTests
{
    [Fact]
    public void Apply_WhenAnOlderEpochFollows_KeepsTheNewer()
    {
        var table = new StandingTable();
        Assert.True(table.Apply(Decision("a", 2, Standing.Quarantined)));
        Assert.False(table.Apply(Decision("a", 1, Standing.Trusted)));
        Assert.False(table.Apply(Decision("a", 2, Standing.Quarantined)));
        Assert.Equal((Standing.Quarantined, 1L), (table.Find(new StandingKey("a"))!.Standing, table.Version));
    }

    [Fact]
    public void Apply_AtTheBound_ForgetsTheTrustedAndKeepsEveryDistrust()
    {
        var table = new StandingTable(maxDefault: 2);
        foreach (var identity in (string[])["a", "b", "c"])
            table.Apply(Decision(identity, 1, Standing.Trusted));
        foreach (var identity in (string[])["d", "e", "f"])
            table.Apply(Decision(identity, 1, Standing.Quarantined));
        Assert.Equal(["a", "b", "d", "e", "f"], table.Decisions.Select(d => d.Identity).Order());
        Assert.Equal(1, table.Unkept);
    }

    [Fact]
    public void Apply_WhenAnIdentityIsTrustedAgainAtTheBound_ForgetsItsDistrust()
    {
        var table = new StandingTable(maxDefault: 0);
        table.Apply(Decision("a", 1, Standing.Quarantined));
        table.Apply(Decision("a", 2, Standing.Trusted));
        Assert.Null(table.Find("a", "s"));
        Assert.Equal(2, table.HighestEpoch);
    }

    [Fact]
    public void Apply_WhenATrustedIdentityIsQuarantined_LeavesItsPlaceToAnother()
    {
        var table = new StandingTable(maxDefault: 1);
        table.Apply(Decision("a", 1, Standing.Trusted));
        table.Apply(Decision("a", 2, Standing.Quarantined));
        table.Apply(Decision("b", 1, Standing.Trusted));
        Assert.Equal(2, table.Count);
    }
}
