using Assay.Contracts.Cohorts;
using Assay.Contracts.Trust;
using Assay.Grains.Tests.Support;
using static Assay.Grains.Tests.Support.TrustCluster;

namespace Assay.Grains.Tests.Identities;

/// <summary>A cohort of ten writers, driven as a replay drives it: reports, then whoever must be contested, then the view.</summary>
public sealed class ContestTests : IAsyncLifetime
{
    private const int Writers = 10;
    private TrustCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await Start();
        await Contribute(Writers * 1000);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Report_WhenSixOfTenCollude_AccusesNobodyAndTheDatasetIsContested()
    {
        // Against the majority of colluders it is the four innocent that stand out: their evidence grows together, one ahead of the other.
        for (var round = 1; round <= 8; round++)
        {
            for (var innocent = 0; innocent < 4; innocent++)
                await Tell(innocent, Math.Pow(3, round) * (1 + (0.1 * innocent)), 1000 + (100 * round));
            for (var colluder = 4; colluder < Writers; colluder++)
                await Tell(colluder, 0.5, 1000 + (100 * round));
        }

        Assert.Equal(Enumerable.Repeat(Standing.Contested, 4), await Standings(0, 4));
        Assert.Equal(Enumerable.Repeat(Standing.Trusted, 6), await Standings(4, 6));
        Assert.DoesNotContain(_cluster.Journal.Take(), line => line.StartsWith("Quarantined", StringComparison.Ordinal));
        Assert.True((await _cluster.Cohort().Publish())!.Contested);
    }

    [Fact]
    public async Task Report_WhenOneOfTenPoisons_QuarantinesItAlone()
    {
        for (var writer = 0; writer < Writers; writer++)
            await Tell(writer, writer == 3 ? 2000 : 1, 1000);
        Assert.Equal(Standing.Quarantined, (await Standings(3, 1))[0]);
        Assert.Single(await Standings(0, Writers), s => s == Standing.Quarantined);
        Assert.False((await _cluster.Cohort().Publish())!.Contested);
    }

    [Fact]
    public async Task Report_WhenQuarantinesFollowQuickly_TakesTheFirstBack()
    {
        for (var writer = 0; writer < 3; writer++)
            await Tell(writer, 2000, 1000);
        Assert.Equal(Enumerable.Repeat(Standing.Contested, 3), await Standings(0, 3));
        Assert.Equal(2, _cluster.Journal.Take().Count(line => line.StartsWith("Quarantined", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Report_WhenAllWereNotedBefore_QuarantinesNoneOfTooMany()
    {
        for (var writer = 0; writer < 3; writer++)
            Assert.Empty((await Grain(writer).Note([Report($"w{writer}", 2000, 1000)])).Recalls);
        for (var writer = 0; writer < 3; writer++)
            await Tell(writer, 2000, 1000);
        Assert.Equal(Enumerable.Repeat(Standing.Contested, 3), await Standings(0, 3));
        Assert.DoesNotContain(_cluster.Journal.Take(), line => line.StartsWith("Quarantined", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_OfASuspectWhoseContestGotLost_ContestsItself()
    {
        await Tell(0, 500, 1000);
        await Tell(1, 500, 1000);
        var outcome = await Grain(2).Report([Report("w2", 2000, 1000)]);
        Assert.Equal(["w0", "w1"], outcome.Contested.Select(k => k.Identity));
        Assert.Equal(Standing.Watched, (await Standings(0, 1))[0]);
        await Grain(0).Report([Report("w0", 510, 1001)]);
        Assert.Equal(Standing.Contested, (await Standings(0, 1))[0]);
    }

    [Fact]
    public async Task Note_WhenTheEvidenceFades_IsTakenBack()
    {
        await Tell(0, 500, 1000);
        await Tell(1, 500, 1000);
        await Tell(0, 1, 1100);
        await Tell(1, 1, 1100);
        await Tell(2, 2000, 1000);
        Assert.Equal(Standing.Quarantined, (await Standings(2, 1))[0]);
    }

    [Fact]
    public async Task Report_OfWhatAQuarantinedWriterGoesOnWriting_SpeaksAgainstNobodyElse()
    {
        for (var writer = 0; writer < 5; writer++)
        {
            await Contribute(Writers * 100_000 * (writer + 1));
            await Tell(writer, 2000, 1000);
            for (var earlier = 0; earlier < writer; earlier++)
                await Tell(earlier, 5000, 1000 + writer);
        }

        Assert.Equal(Enumerable.Repeat(Standing.Quarantined, 5), await Standings(0, 5));
    }

    private IIdentityGrain Grain(int writer) => _cluster.Identity($"w{writer}");

    private ValueTask Contribute(long records) => _cluster.Cohort().Contribute(new CohortContribution
    {
        Shard = "shard",
        Dataset = "data",
        Sequence = records,
        MonitoredRecords = records,
        IdentityHashes = [.. Enumerable.Range(1, Writers).Select(i => (ulong)i * 1_000_003)],
        Parts = [],
    });

    private async Task Tell(int writer, double mass, long records)
    {
        var outcome = await Grain(writer).Report([Report($"w{writer}", mass, records, seen: (await Grain(writer).Latest())?.Epoch ?? 0)]);
        foreach (var suspect in outcome.Contested)
            await _cluster.Identity(suspect.Identity).Contest();
    }

    private async Task<List<Standing>> Standings(int first, int count)
    {
        var standings = new List<Standing>();
        for (var writer = first; writer < first + count; writer++)
            standings.Add((await Grain(writer).Latest())!.Standing);
        return standings;
    }
}
