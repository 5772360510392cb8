using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Trust.Ledger;

namespace Assay.Trust.Tests.Ledger;

public class EvidenceLedgerTests
{
    private static readonly LedgerDetector[] Two = [new("a"), new("b", 5)];

    [Fact]
    public void Observe_WhenOneDetectorSpeaks_AddsShiryaevRobertsOfItsSlots()
    {
        var ledger = new EvidenceLedger(new LedgerOptions { FullAfter = 0 }, Two);
        ledger.Observe("w", 10, [Findings.Of((3, 2, 0.5), (70, 0.5, 0.5)), new Finding()]);
        var mass = ledger.Observe("w", 11, [Findings.Of((3, 4, 0.5)), new Finding()], 1);

        // Slot 3: ((0 + .5)·2 + .5)·4 = 6; slot 70: (0 + .5)·.5 = .25.
        Assert.Equal(6.25, mass, 6);
        var found = ledger.Assess("w");
        Assert.Equal((0, 3, 10L), (found.Detector, found.Slot, found.Onset));
    }

    [Fact]
    public void Observe_WhenDetectorsSpeakTogether_SplitsTheStartMassOverBothFamilies()
    {
        var ledger = new EvidenceLedger(new LedgerOptions { FullAfter = 0 }, Two);
        var mass = ledger.Observe("w", 0, [Findings.Of((0, 3, 1)), Findings.Of((0, 1, 1))], 1);

        // Averages of bets: ½·(½·3 + ½·1); bet on the average: ½·(mean of 3 and 1), shrunk by 0.1 %.
        Assert.Equal(1 + (0.999 * 1), mass, 6);
    }

    [Fact]
    public void Assess_WhenSubjectsOverlap_NamesThePreferredOfSimilarMass()
    {
        LedgerDetector detector = new("a", SubjectSlots: 3, Preference: (_, slot) => slot == 6 ? 2 : 0);
        var ledger = new EvidenceLedger(new LedgerOptions { FullAfter = 0 }, [detector]);
        ledger.Observe("w", 0, [Findings.Of((0, 2, 0.1), (1, 2, 0.1), (3, 5, 0.1), (7, 2, 0.05), (8, 2, 0.05))]);

        // Subject 0 has .4, subject 3 .5, subject 6 .2·e².
        Assert.Equal(6, ledger.Assess("w").Slot);
    }

    [Fact]
    public void Assess_WhenTheCusumFallsBack_DatesTheOnsetAfterTheFall()
    {
        var ledger = new EvidenceLedger(new LedgerOptions { FullAfter = 0 }, [new("a")]);
        double[] values = [5, 0.1, 0.5, 3, 3, 2, 4];
        for (var i = 0; i < values.Length; i++)
            ledger.Observe("w", 100 + i, [Findings.Of((0, values[i], 1))]);
        Assert.Equal(103, ledger.Assess("w").Onset);
    }

    [Fact]
    public void Observe_WhenNothingIsBet_NeverReachesAThreshold()
    {
        var ledger = new EvidenceLedger(new LedgerOptions { FullAfter = int.MaxValue }, [new("a")]);
        var finding = Findings.Of((0, 1, 1));
        var mass = 0.0;
        for (var i = 0; i < 300_000; i++)
            mass = ledger.Observe("w", i, [finding], 1);
        Assert.InRange(mass, 900, 1000);
    }

    [Fact]
    public void Observe_WhenIdentitiesExceedTheCap_ForgetsTheLeastSuspiciousAndKeepsTheOthersAsTheyAre()
    {
        var options = new LedgerOptions { MaxIdentities = 1000, ProtectedMass = 50, FullAfter = 4 };
        var crowded = new EvidenceLedger(options, [new("a")]);
        var alone = new EvidenceLedger(options, [new("a")]);
        for (var i = 0; i < 1_000_000; i++)
        {
            crowded.Observe($"chaff-{i}", i, [Findings.Of((0, 1.01, 1))]);
            if (i % 10_000 != 0)
                continue;
            crowded.Observe("attacker", i, [Findings.Of((i / 20_000, 1.9, 1))]);
            alone.Observe("attacker", i, [Findings.Of((i / 20_000, 1.9, 1))]);
        }

        Assert.Equal(1000, crowded.Identities);
        Assert.True(crowded.Evicted > 900_000);
        Assert.Equal(alone.Mass("attacker"), crowded.Mass("attacker"));
        Assert.True(crowded.MemoryBytes < 1 << 20);
    }

    [Fact]
    public void Observe_WhenEveryCandidateIsProtected_RefusesAndCounts()
    {
        var ledger = new EvidenceLedger(new LedgerOptions { MaxIdentities = 4, ProtectedMass = 1 }, [new("a")]);
        for (var i = 0; i < 4; i++)
            ledger.Observe($"w{i}", i, [Findings.Of((0, 10, 1))]);
        Assert.Equal(0, ledger.Observe("new", 5, [Findings.Of((0, 10, 1))], 1));
        Assert.Equal((4, 1L, 0L), (ledger.Identities, ledger.Refused, ledger.Evicted));
    }

    [Fact]
    public void Observe_WhenTheOnlyProtectedOnesAreJudged_ForgetsThoseFirst()
    {
        var ledger = new EvidenceLedger(new LedgerOptions { MaxIdentities = 4, ProtectedMass = 1 }, [new("a")], name => name == "judged");
        foreach (var name in (string[])["w0", "judged", "w1", "w2"])
            ledger.Observe(name, 0, [Findings.Of((0, 10, 1))]);
        for (var draw = 0; ledger.Evicted == 0 && draw < 10; draw++)
            ledger.Observe("new", 5, [Findings.Of((0, 10, 1))], 1);
        Assert.Equal(0, ledger.Mass("judged"));
        Assert.All((string[])["w0", "w1", "w2", "new"], name => Assert.True(ledger.Mass(name) > 1));
    }

    [Fact]
    public void Observe_WhenPagesExceedTheCap_MakesLedgersCompactWithoutChangingTheirMass()
    {
        var ledger = new EvidenceLedger(new LedgerOptions { MaxPageBytes = 64 << 10, FullAfter = 0, ProtectedMass = 1e6 }, [new("a")]);
        var mass = new Dictionary<string, double>();
        for (var i = 0; i < 500; i++)
            mass[$"w{i}"] = ledger.Observe($"w{i}", i, [Findings.Of((i, 1 + (i / 100.0), 1))], 1);
        Assert.True(ledger.Compacted > 300);
        Assert.True(ledger.MemoryBytes < (64 << 10) + (500 * 200));
        Assert.All(mass, m => Assert.Equal(m.Value, ledger.Mass(m.Key), 4));
    }

    [Fact]
    public void Read_WhenWrittenHalfWay_GoesOnAsIfUninterrupted()
    {
        var options = new LedgerOptions { MaxIdentities = 20, MaxPageBytes = 64 << 10, FullAfter = 2 };
        var straight = new EvidenceLedger(options, Two);
        var broken = new EvidenceLedger(options, Two);
        var random = new Random(5);
        for (var i = 0; i < 4000; i++)
        {
            if (i == 2000)
                broken = Reopened(broken, options);
            var identity = $"w{random.Next(40)}";
            var a = Findings.Of((random.Next(500), Findings.Flip(random, 0.3, 0.5), 1));
            var b = random.Next(3) == 0 ? new Finding() : Findings.Of((0, Findings.Power(random, 0.3), 1));
            straight.Observe(identity, i, [a, b]);
            broken.Observe(identity, i, [a, b]);
        }

        Assert.Equal(Written(straight), Written(broken));
        Assert.True(straight.Evicted > 0 && straight.Compacted > 0);
    }

    [Fact]
    public void Read_WhenTheDetectorsChanged_StartsWithoutEvidence()
    {
        var ledger = new EvidenceLedger(new LedgerOptions(), [new("a")]);
        ledger.Observe("w", 0, [Findings.Of((0, 50, 1))]);
        var bytes = Written(ledger);
        var other = new EvidenceLedger(new LedgerOptions(), Two);
        var reader = new StateReader(bytes);
        other.Read(ref reader, 1);
        Assert.Equal((0, 0.0, 0), (other.Identities, other.Mass("w"), reader.Remaining));
    }

    [Fact]
    public void Observe_WhenTheIdentityIsKnown_DoesNotAllocate()
    {
        var ledger = new EvidenceLedger(new LedgerOptions { FullAfter = 0 }, Two);
        Finding[] findings = [new(), Findings.Of((1, 1.1, 1))];
        for (var slot = 0; slot < 90; slot++)
            findings[0].Add(slot * 7, 1.05, 1.0 / 90);
        for (var i = 0; i < 1000; i++)
            ledger.Observe("w", i, findings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            ledger.Observe("w", i, findings);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static byte[] Written(EvidenceLedger ledger)
    {
        var writer = new StateWriter();
        ledger.Write(writer);
        return writer.Written.ToArray();
    }

    private static EvidenceLedger Reopened(EvidenceLedger ledger, LedgerOptions options)
    {
        var reader = new StateReader(Written(ledger));
        var read = new EvidenceLedger(options, Two);
        read.Read(ref reader, ledger.StateVersion);
        Assert.Equal(0, reader.Remaining);
        return read;
    }
}
