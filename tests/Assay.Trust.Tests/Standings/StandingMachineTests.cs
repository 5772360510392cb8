using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Trust;
using Assay.Trust.Standings;

namespace Assay.Trust.Tests.Standings;

public class StandingMachineTests
{
    [Fact]
    public void Report_WhenFewRecords_SaysUnprovenAndThenTrusted()
    {
        var given = new Given();
        var first = given.Reports(0, 10);
        var second = given.Reports(0, 99);
        var third = given.Reports(0, 100);
        Assert.Equal((Standing.Unproven, 1L), (first!.Standing, first.Epoch));
        Assert.Null(second);
        Assert.Equal((Standing.Trusted, 2L), (third!.Standing, third.Epoch));
        Assert.Empty(third.Frameworks);
    }

    [Fact]
    public void Report_WhenEvidenceComesBeforeProof_StaysUnproven()
    {
        var given = new Given();
        given.Reports(500, 50);
        Assert.Equal(Standing.Unproven, given.State.Current);
        Assert.Equal(Standing.Watched, given.Reports(500, 100)!.Standing);
    }

    [Fact]
    public void Report_WhenEvidenceReachesATenthOfA_Watches()
    {
        var given = new Given().Trusted();
        Assert.Null(given.Reports(99, 110));
        var decision = given.Reports(100, 120)!;
        Assert.Equal(Standing.Watched, decision.Standing);
        Assert.Contains("12 of 63 records", decision.Reason, StringComparison.Ordinal);
        Assert.Contains("AML.T0020", decision.Frameworks);
    }

    [Fact]
    public void Report_WhenEvidenceFadesForLong_TrustsAgainAndNotBefore()
    {
        var given = new Given().Trusted();
        given.Reports(100, 120);
        Assert.Null(given.Reports(9, 130));
        Assert.Null(given.Reports(50, 140));
        Assert.Null(given.Reports(9, 170));
        Assert.Null(given.Reports(9, 219));
        Assert.Equal(Standing.Trusted, given.Reports(9, 220)!.Standing);
    }

    [Fact]
    public void Report_WhenRepeatedOrLate_ChangesNothing()
    {
        var given = new Given().Trusted();
        var old = given.Report(900, 110);
        given.Reports(0, 120);
        Assert.Null(given.Machine.Report(given.State, old));
        Assert.Equal(0, given.State.Evidence.Mass);
    }

    [Fact]
    public void Report_WhenPoisonIsSpreadOverShards_SumsToAQuarantine()
    {
        var given = new Given().Trusted();
        foreach (var shard in (string[])["s0", "s1", "s2", "s3"])
            given.Reports(260, 200, shard);
        Assert.True(given.Machine.AsksForQuarantine(given.State));
        var decision = given.Machine.Accuse(given.State, allowed: true)!;
        Assert.Equal((Standing.Quarantined, 1040.0, 1000.0), (decision.Standing, decision.Evidence.M, decision.Evidence.A));
        Assert.Equal(("label-slices", "occupation=Exec-managerial", "s0-100"), (decision.Detector, decision.Subject, decision.Onset));
    }

    [Fact]
    public void Report_WhenShardHasNotAppliedTheQuarantine_ItsEvidenceIsVoid()
    {
        var given = new Given().Quarantined();
        var before = given.State.Epoch;
        given.Machine.Release(given.State, "a bad deploy, fixed");
        given.Reports(5000, 160, seen: before);
        Assert.Equal(0, given.State.Evidence.Mass);
        given.Reports(30, 170);
        Assert.Equal(30, given.State.Evidence.Mass);
    }

    [Fact]
    public void Report_WhenQuarantined_NeverReleases()
    {
        var given = new Given().Quarantined();
        for (var records = 200; records < 100_000; records += 1000)
            Assert.Null(given.Reports(0, records));
        Assert.Equal(Standing.Quarantined, given.State.Current);
    }

    [Fact]
    public void Release_WhenQuarantined_WatchesOnProbation()
    {
        var given = new Given().Quarantined();
        Assert.Equal(Standing.Watched, given.Machine.Release(given.State, "appeal")!.Standing);
        Assert.Null(given.Reports(0, 151));
        Assert.Null(given.Reports(0, 350));
        Assert.Equal(Standing.Trusted, given.Reports(0, 351)!.Standing);
    }

    [Fact]
    public void Release_WhenAShardTellsLateWhatItHeld_ProbationBeginsAfterThat()
    {
        var given = new Given().Quarantined();
        var before = given.State.Epoch;
        given.Machine.Release(given.State, "appeal");
        Assert.Null(given.Reports(0, 5000, seen: before));
        Assert.Null(given.Reports(0, 6000));
        Assert.Null(given.Reports(0, 3000, "s1"));
        Assert.Null(given.Reports(0, 6199));
        Assert.Equal(Standing.Trusted, given.Reports(0, 6200)!.Standing);
    }

    [Fact]
    public void IsSuspect_OnceQuarantined_SpeaksAgainstNobodyElse()
    {
        var given = new Given().Trusted();
        given.Reports(1000, 150);
        Assert.True(given.Machine.IsSuspect(given.State));
        given.Machine.Accuse(given.State, allowed: true);
        given.Reports(5000, 300);
        Assert.False(given.Machine.IsSuspect(given.State));
    }

    [Fact]
    public void Accuse_WhenTheBreakerForbids_ContestsAndAccusesNobody()
    {
        var given = new Given().Trusted();
        given.Reports(2000, 150);
        Assert.Equal(Standing.Contested, given.Machine.Accuse(given.State, allowed: false)!.Standing);
        Assert.False(given.Machine.AsksForQuarantine(given.State));
        Assert.Equal(Standing.Watched, given.Machine.Settle(given.State, guilty: false, "the others collude")!.Standing);
        Assert.Equal(0, given.State.Evidence.Mass);
    }

    [Fact]
    public void Revise_WhenTheEvidenceHasSquaredAndNamesAnotherSlice_NamesItOnceAndKeepsTheDate()
    {
        var given = new Given().Quarantined();
        var first = given.Quarantine;
        Assert.Equal("s0-75", first.Onset);
        Assert.Null(given.Machine.Report(given.State, Other(given, 999_999, 180)));
        Assert.Null(given.Machine.Revise(given.State, first));
        Assert.Null(given.Machine.Report(given.State, Other(given, 1_000_000, 200)));
        var revised = given.Machine.Revise(given.State, first)!;
        Assert.Equal((Standing.Quarantined, first.Epoch + 1, 0L), (revised.Standing, revised.Epoch, revised.EvidenceEpoch));
        Assert.Equal(("education=Masters", "s0-75", "s0-200"), (revised.Subject, revised.Onset, revised.At));
        Assert.StartsWith("label >50K is going missing where education=Masters, since s0-75; evidence 1,000,000", revised.Reason, StringComparison.Ordinal);
        Assert.EndsWith("; named occupation=Exec-managerial at first", revised.Reason, StringComparison.Ordinal);
        given.Reports(2_000_000, 220);
        Assert.Null(given.Machine.Revise(given.State, revised));
    }

    [Fact]
    public void Revise_WhenTheNameStands_SaysNothing()
    {
        var given = new Given().Quarantined();
        given.Reports(5_000_000, 200);
        Assert.Null(given.Machine.Revise(given.State, given.Quarantine));
    }

    [Fact]
    public void Revise_WhenTheQuarantineVoidedTheEvidence_SaysNothing()
    {
        var given = new Given().Quarantined();
        var first = given.Quarantine;
        given.Machine.Report(given.State, Other(given, 1_000_000, 200));
        Assert.Null(given.Machine.Revise(given.State, first with { EvidenceEpoch = first.Epoch }));
        Assert.NotNull(given.Machine.Revise(given.State, first));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Revise_WhenTheQuarantineRestsOnAnotherWordOrAPauseCoversIt_SaysNothing(bool paused)
    {
        var given = new Given().Quarantined();
        var latest = given.Quarantine;
        if (paused)
            latest = given.Machine.Pause(given.State, null, "incident")!;
        else
            given.Machine.Quarantine(given.State, "seen with my own eyes");
        given.Machine.Report(given.State, Other(given, 1_000_000, 200));
        Assert.Null(given.Machine.Revise(given.State, latest));
    }

    [Fact]
    public void Accuse_OnEvidence_GoesOnCountingItUntilTheQuarantineEnds()
    {
        var given = new Given().Quarantined();
        given.Reports(4000, 200);
        Assert.Equal(4000, given.State.Evidence.Mass);
        Assert.False(given.Machine.AsksForQuarantine(given.State));
        given.Machine.Release(given.State, "appeal");
        Assert.Equal(0, given.State.Evidence.Mass);
    }

    [Fact]
    public void Contest_WhenQuarantinedLately_TakesTheQuarantineBack()
    {
        var given = new Given().Quarantined();
        Assert.Equal(Standing.Contested, given.Machine.Contest(given.State)!.Standing);
        Assert.Equal(Standing.Quarantined, given.Machine.Settle(given.State, guilty: true, "confirmed")!.Standing);
    }

    [Fact]
    public void Contest_WhenQuarantinedByACertainSign_ChangesNothing()
    {
        var given = new Given().Trusted();
        given.Machine.Certain(given.State, "hidden-unicode", given.Report(0, 101));
        Assert.Null(given.Machine.Contest(given.State));
        Assert.Equal(Standing.Quarantined, given.State.Current);
        given.Machine.Release(given.State, "a mistake");
        Assert.Equal(Standing.Contested, given.Machine.Contest(given.State)!.Standing);
    }

    [Fact]
    public void Report_OfSeveralShards_DecidesOnceOnAllOfThem()
    {
        var given = new Given().Trusted();
        given.Reports(150, 120);
        Assert.Null(given.Machine.Report(given.State, given.Report(60, 130), given.Report(60, 100, "s1")));
        Assert.Equal((120.0, Standing.Watched), (given.State.Evidence.Mass, given.State.Current));
    }

    [Theory]
    [InlineData(Standing.Unproven)]
    [InlineData(Standing.Trusted)]
    [InlineData(Standing.Watched)]
    [InlineData(Standing.Contested)]
    [InlineData(Standing.Quarantined)]
    [InlineData(Standing.Paused)]
    [InlineData(Standing.Revoked)]
    public void Adopt_OfAPublishedDecision_HoldsAndGoesOnFromItsEpoch(Standing standing)
    {
        var given = new Given();
        given.State.Adopt(Published(standing));
        Assert.Equal((standing, 7L), (given.State.Current, given.State.Epoch));
        Assert.Null(given.Reports(5000, 90, seen: 6));
        Assert.Equal(0, given.State.Evidence.Mass);
        Assert.Equal(standing == Standing.Revoked ? null : 8L, given.Machine.Revoke(given.State, "key leaked")?.Epoch);
    }

    [Fact]
    public void Adopt_OfAnOlderDecision_Throws()
    {
        var given = new Given();
        given.State.Adopt(Published(Standing.Trusted));
        Assert.Throws<ArgumentException>(() => given.State.Adopt(Published(Standing.Quarantined)));
    }

    [Fact]
    public void Accuse_WhenEvidenceIsTooLittle_Throws()
    {
        var given = new Given().Trusted();
        Assert.Throws<InvalidOperationException>(() => given.Machine.Accuse(given.State, allowed: true));
    }

    [Fact]
    public void Expire_WhenThePauseEnds_ReturnsToWhatTheEvidenceSays()
    {
        var given = new Given().Trusted();
        var start = DateTimeOffset.UnixEpoch;
        Assert.Equal(Standing.Paused, given.Machine.Pause(given.State, start.AddHours(1), "looks odd")!.Standing);
        given.Reports(2000, 150);
        given.Machine.Accuse(given.State, allowed: true);
        Assert.Equal(Standing.Paused, given.State.Current);
        Assert.Null(given.Machine.Expire(given.State, start.AddMinutes(59)));
        Assert.Equal(Standing.Quarantined, given.Machine.Expire(given.State, start.AddHours(1))!.Standing);
    }

    [Fact]
    public void Release_WhenAccusedWhilePaused_EvidenceThatWasJudgedCountsNoMore()
    {
        var given = new Given().Trusted();
        given.Machine.Pause(given.State, null, "looks odd");
        var before = given.State.Epoch;
        given.Reports(2000, 150);
        Assert.Equal(Standing.Paused, given.Machine.Accuse(given.State, allowed: true)!.Standing);
        given.Machine.Release(given.State, "a bad deploy, fixed");
        given.Machine.Resume(given.State, "looked into");
        given.Reports(2100, 160, seen: before);
        Assert.False(given.Machine.AsksForQuarantine(given.State));
        given.Reports(2200, 170);
        Assert.True(given.Machine.AsksForQuarantine(given.State));
    }

    [Fact]
    public void Revoke_WhenAnythingElseHolds_Prevails()
    {
        var given = new Given().Quarantined();
        given.Machine.Pause(given.State, null, "incident");
        Assert.Equal(Standing.Revoked, given.Machine.Revoke(given.State, "key leaked")!.Standing);
        Assert.Null(given.Machine.Resume(given.State, "incident over"));
        Assert.Equal(Standing.Watched, given.Machine.Release(given.State, "new key")!.Standing);
    }

    [Fact]
    public void Certain_WhenARuleSaysSo_QuarantinesAtOnce()
    {
        var given = new Given().Trusted();
        var decision = given.Machine.Certain(given.State, "hidden-unicode", given.Report(0, 101))!;
        Assert.Equal((Standing.Quarantined, "hidden-unicode"), (decision.Standing, decision.Detector));
        Assert.Null(given.Machine.Certain(given.State, "hidden-unicode", given.Report(0, 102)));
    }

    [Fact]
    public void Decisions_WhateverHappens_CountTheirEpochsFromOneWithoutGaps()
    {
        var random = new Random(7);
        var given = new Given();
        var epoch = 0L;
        var now = DateTimeOffset.UnixEpoch;
        for (var i = 1; i <= 5000; i++)
        {
            var machine = given.Machine;
            var decision = random.Next(10) switch
            {
                0 => machine.Pause(given.State, now.AddSeconds(random.Next(5)), "pause"),
                1 => machine.Resume(given.State, "resume"),
                2 => machine.Release(given.State, "release"),
                3 => machine.Revoke(given.State, "revoke"),
                4 => machine.Settle(given.State, random.Next(2) == 0, "settle"),
                5 => machine.Expire(given.State, now = now.AddSeconds(1)),
                6 when machine.AsksForQuarantine(given.State) => machine.Accuse(given.State, random.Next(2) == 0),
                _ => given.Reports(Math.Pow(10, random.NextDouble() * 4), i * 10),
            };
            if (decision is null)
                continue;
            Assert.Equal(++epoch, decision.Epoch);
            Assert.Equal(given.State.Current, decision.Standing);
            Assert.NotEmpty(decision.Reason);
        }

        Assert.True(epoch > 100);
    }

    [Fact]
    public void Read_WhenWritten_RestoresEveryFact()
    {
        var given = new Given().Quarantined();
        given.Machine.Pause(given.State, DateTimeOffset.UnixEpoch.AddDays(1), "look");
        given.Reports(12, 300, "s1");
        var writer = new StateWriter();
        given.State.Write(writer);
        var copy = new StandingState(given.State.Key);
        var reader = new StateReader(writer.Written);
        copy.Read(ref reader, 1);
        Assert.Equal(0, reader.Remaining);
        var again = new StateWriter();
        copy.Write(again);
        Assert.True(writer.Written.SequenceEqual(again.Written));
        Assert.Equal((given.State.Current, given.State.Evidence.Mass, given.State.PausedUntil), (copy.Current, copy.Evidence.Mass, copy.PausedUntil));
    }

    private static ShardReport Other(Given given, double mass, long records) => given.Report(mass, records) with
    {
        Subject = "education=Masters",
        Sentence = "label >50K is going missing where education=Masters",
    };

    private static Decision Published(Standing standing) => new()
    {
        Identity = "writer",
        Standing = standing,
        Epoch = 7,
        EvidenceEpoch = 7,
        Reason = "published before the state was lost",
        Evidence = new DecisionEvidence(1200, 1000),
    };
}
