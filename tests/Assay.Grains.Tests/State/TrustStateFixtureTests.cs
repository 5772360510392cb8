using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Trust;
using Assay.Detection;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Grains.Sources;
using Assay.Grains.State;
using Assay.Grains.Tests.Cohorts;
using Assay.Grains.Tests.Identities;
using Assay.Grains.Tests.Sources;
using Assay.Trust.Frameworks;
using Assay.Trust.Standings;

namespace Assay.Grains.Tests.State;

/// <summary>
/// What identities, cohorts and ledgers keep, as version 1 wrote it: a silo of this version goes on from it. The present version writes the same bytes
/// again.
/// </summary>
public sealed class TrustStateFixtureTests
{
    private static readonly StandingKey Writer = new("writer", "desk");
    private static readonly StandingKey[] Colluding = [new("a"), new("b"), new("c")];

    [Fact]
    public void Load_OfAnIdentityOfVersion1_HoldsItsQuarantineAndWhatIsStillToBePublished()
    {
        var bytes = StateFixture.Read("identity-v1.state", () =>
        {
            var state = new IdentityState(Writer);
            var machine = new StandingMachine(new StandingOptions(), FrameworkCatalog.Shipped);
            state.Outbox.Add(machine.Report(state.Standing, Report(sequence: 300, mass: 0))!);
            state.Outbox.Acknowledged();
            state.Cohorts.Told("loans", suspect: true);
            machine.Report(state.Standing, Report(sequence: 400, mass: 200_000));
            var recall = state.Recalled.Begin(state.Standing.Evidence, state.Standing.Epoch + 1)!;
            state.Outbox.Add(machine.Accuse(state.Standing, allowed: true)!);
            state.Outbox.Add(recall);
            return state.Save();
        });
        var restored = new IdentityState(Writer);
        restored.Load(bytes);

        Assert.Equal((Standing.Quarantined, true), (restored.Standing.Current, restored.Standing.IsQuarantined));
        Assert.Equal(["loans"], restored.Cohorts.ToTell(suspect: false, []));
        var decision = Assert.IsType<TrustMessage.OfDecision>(restored.Outbox.Next).Decision;
        Assert.Equal((Standing.Quarantined, restored.Standing.Epoch, "label-slices", "job=executive"), (decision.Standing, decision.Epoch, decision.Detector, decision.Subject));
        Assert.Equal(decision.Epoch, restored.Outbox.Latest!.Epoch);
        Assert.Equal(bytes, restored.Save());

        // The recall reached record 400; what the shard admitted until it heard of it follows.
        Assert.Equal(7, restored.Recalled.Follow(Report(sequence: 410, mass: 210_000) with { AdmittedSinceOnset = 57 })!.Records);
        restored.Outbox.Acknowledged();
        Assert.Equal(50, Assert.IsType<TrustMessage.OfRecall>(restored.Outbox.Next).Recall.Records);
    }

    [Fact]
    public void Load_OfACohortOfVersion1_GoesOnFromItsViewAndLearnsNothingTwice()
    {
        var (a, b) = (new LabelShard("a", 1), new LabelShard("b", 2));
        var (first, second) = (a.After(300), b.After(200));
        var bytes = StateFixture.Read("cohort-v1.state", () =>
        {
            var cohort = new CohortState("data", DetectorSet.Default, frozen: false);
            cohort.Apply(first);
            cohort.Apply(second);
            cohort.Next(contested: false);
            return cohort.Save();
        });
        var restored = new CohortState("data", DetectorSet.Default, frozen: false);
        restored.Load(bytes);
        var views = new CohortViews(DetectorSet.Default);

        Assert.Equal((1L, false, 500L, 6L), (restored.Latest!.Version, restored.Latest.Contested, restored.Records, restored.Identities));
        Assert.True(views.Apply(restored.Latest));
        Assert.NotNull(views.Find("data").Reference(restored.Latest.Parts[0].Detector));
        Assert.Equal(bytes, restored.Save());
        restored.Apply(first);
        restored.Apply(second);
        Assert.Null(restored.Next(contested: false));
        restored.Apply(a.After(100));
        Assert.Equal((2L, 600L), (restored.Next(contested: false)!.Version, restored.Records));
    }

    [Fact]
    public void Read_OfABreakerOfVersion3_StaysOpenAndKnowsItsSuspects()
    {
        var frame = new StateFrame("ABRK");
        var bytes = StateFixture.Read("breaker-v3.state", () =>
        {
            var breaker = new QuarantineBreaker(new StandingOptions());
            foreach (var key in Colluding)
                breaker.Note(key, mass: 200_000, records: 1_000, cohortRecords: 10_000);
            breaker.Allow(Colluding[0], records: 1_000, cohortIdentities: 8, cohortRecords: 10_000);
            return frame.Write("data", [new("breaker", breaker)]);
        });
        var restored = new QuarantineBreaker(new StandingOptions());
        KeyValuePair<string, IStateSection>[] sections = [new("breaker", restored)];
        frame.Read(bytes, "data", sections);

        Assert.True(restored.Open);
        Assert.Equal(Colluding, restored.Suspects.OrderBy(k => k.Identity, StringComparer.Ordinal));
        Assert.Equal(bytes, frame.Write("data", sections));
    }

    /// <summary>One writer is accused and not decided about, one was quarantined after the shard had admitted records of it, one is only known.</summary>
    [Fact]
    public void Load_OfAShardWithEvidence_TellsAgainWhatItsLedgerHolds()
    {
        var bytes = StateFixture.Read("source-evidence-v1.state", () =>
        {
            var trust = ShardTrust.New(BetDetector.Set, Contracts.Records.Assurance.TopicAcl) with { Posture = new PostureOptions { Weights = { ["accused"] = 2 } } };
            var scorer = Scorer(trust);
            var offset = 0L;
            foreach (var (name, records, bet) in new[] { ("known", 30, 1.0), ("decided", 12, 2.0), ("accused", 25, 3.0) })
            {
                for (var i = 0; i < records; i++, offset++)
                    scorer.Apply(Shards.Line(offset, FormattableString.Invariant($"r{offset} {name} {bet}")), Contracts.Verdicts.VerdictKind.None);
            }

            trust.Standings.Apply(Reports.Decision("decided", 1, Standing.Quarantined) with { EvidenceEpoch = 1 });
            scorer.Apply(Shards.Line(offset, $"r{offset} decided 1"), Contracts.Verdicts.VerdictKind.None);
            return scorer.Save();
        });
        var restored = Scorer(ShardTrust.New(BetDetector.Set, Contracts.Records.Assurance.TopicAcl));
        restored.Load(bytes);

        Assert.Equal(67, restored.LastOffset);
        var reports = restored.News(contribute: false).Reports.ToDictionary(r => r.Key.Identity);
        Assert.Equal(["accused", "decided"], reports.Keys.Order(StringComparer.Ordinal));
        Assert.True(reports["accused"].Mass >= 100_000);
        Assert.Equal((1L, 0L, 41L), (reports["decided"].SeenEpoch, reports["decided"].Before!.SeenEpoch, reports["decided"].Before!.At.Offset));
        Assert.Equal(bytes, restored.Save());
    }

    private static SourceScorer Scorer(ShardTrust trust) => Shards.Factory(trust: trust, detectors: BetDetector.Set).Create(Shards.Id);

    private static ShardReport Report(long sequence, double mass) => new()
    {
        Key = Writer,
        Shard = "loans/0/desk",
        Dataset = "loans",
        Sequence = sequence,
        SeenEpoch = 0,
        Mass = mass,
        MonitoredRecords = sequence,
        At = new RecordPlace($"r{sequence}", "loans", 0, sequence),
        Onset = mass > 0 ? new RecordPlace("r350", "loans", 0, 350) : null,
        AdmittedSinceOnset = mass > 0 ? 50 : 0,
        Detector = mass > 0 ? "label-slices" : null,
        Subject = mass > 0 ? "job=executive" : null,
        Sentence = mass > 0 ? "label yes is going missing where job=executive: 1 of 30 records, 14.2 expected" : null,
    };
}
