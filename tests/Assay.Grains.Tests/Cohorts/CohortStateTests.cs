using Assay.Contracts.Cohorts;
using Assay.Detection;
using Assay.Grains.Cohorts;

namespace Assay.Grains.Tests.Cohorts;

public sealed class CohortStateTests
{
    [Fact]
    public void Next_AfterARestore_IsTheViewOfAnUninterruptedCohort()
    {
        var (whole, restored) = (New(), New());
        var (a, b) = (new LabelShard("a", 1), new LabelShard("b", 2));
        for (var round = 0; round < 4; round++)
        {
            var contributions = new[] { a.After(300), b.After(200) };
            foreach (var contribution in contributions)
            {
                whole.Apply(contribution);
                restored.Apply(contribution);
            }

            var view = whole.Next(contested: false)!;
            Assert.Equal(CohortViewCodec.Write(view), CohortViewCodec.Write(restored.Next(contested: false)!));
            a.Use(view);
            b.Use(view);
            var bytes = restored.Save();
            Assert.Equal(whole.Save(), bytes);
            restored = New();
            restored.Load(bytes);
        }
    }

    [Fact]
    public void Apply_WhenContributionsAreRepeatedLateOrLost_LearnsEachRecordOnce()
    {
        var (clean, troubled) = (New(), New());
        var shard = new LabelShard("a", 3);
        var (first, second, third) = (shard.After(200), shard.After(200), shard.After(200));
        foreach (var contribution in new[] { first, second, third })
            clean.Apply(contribution);

        // The second is lost; the others come twice, the first once more at the end.
        foreach (var contribution in new[] { first, first, third, third, first })
            troubled.Apply(contribution);
        Assert.Equal(600, clean.SinceView);
        Assert.Equal(600, troubled.SinceView);
        Assert.Equal(CohortViewCodec.Write(clean.Next(false)!), CohortViewCodec.Write(troubled.Next(false)!));
        Assert.Equal(clean.Save(), troubled.Save());
    }

    [Fact]
    public void Next_WhenNothingChanged_IsNull()
    {
        var cohort = New();
        Assert.Null(cohort.Next(contested: false));
        cohort.Apply(new LabelShard("a", 4).After(100));
        Assert.Equal(1, cohort.Next(contested: false)!.Version);
        Assert.Null(cohort.Next(contested: false));
        Assert.Equal((2L, true), (cohort.Next(contested: true)!.Version, cohort.Latest!.Contested));
    }

    [Fact]
    public void Next_WhileFrozen_RenewsNothingButTheContest()
    {
        var cohort = New();
        var shard = new LabelShard("a", 5);
        cohort.Apply(shard.After(400));
        var view = cohort.Next(contested: false)!;
        var frozen = new CohortState("data", DetectorSet.Default, frozen: true);
        frozen.Load(cohort.Save());
        frozen.Apply(shard.After(400));
        Assert.Null(frozen.Next(contested: false));
        Assert.Equal(800, frozen.Records);
        var contested = frozen.Next(contested: true)!;
        Assert.Equal(view.Parts.Select(p => p.Data), contested.Parts.Select(p => p.Data));
    }

    [Theory]
    [InlineData(1_023, 0)]
    [InlineData(100_000, 0.1)]
    public void Identities_OverShardsThatShareThem_CountsEachOnce(int identities, double error)
    {
        var cohort = New();
        ulong[] hashes = [.. Enumerable.Range(0, identities).Select(i => LabelShard.Hash($"identity-{i}")).Order().Take(CohortContribution.MaxHashes)];
        foreach (var shard in new[] { "a", "b" })
            cohort.Apply(new CohortContribution { Shard = shard, Dataset = "data", Sequence = 1, MonitoredRecords = 7, IdentityHashes = hashes, Parts = [] });
        Assert.InRange(cohort.Identities, identities * (1 - error), identities * (1 + error));
        Assert.Equal(14, cohort.Records);
    }

    private static CohortState New() => new("data", DetectorSet.Default, frozen: false);
}
