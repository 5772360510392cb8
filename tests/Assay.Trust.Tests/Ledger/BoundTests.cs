using Assay.Trust.Ledger;

namespace Assay.Trust.Tests.Ledger;

/// <summary>
/// The bound of DETECTION §3 by simulation: on clean records the ledger crosses A at most T/A times, whatever happens to it on the way.
/// Each test counts crossings with A = 200 over enough records that T/A is at least 500; 1.15·T/A leaves more than three standard errors.
/// </summary>
public class BoundTests
{
    private const double A = 200;
    private const int Records = 100_000;
    private const double Allowed = 1.15 * Records / A;

    [Theory]
    [InlineData(0.05, 0.5)]
    [InlineData(0.3, 0.25)]
    [InlineData(0.5, 0.6)]
    public void Observe_WhenLabelsAreClean_CrossesAtMostAsOftenAsStated(double p, double epsilon)
    {
        var random = new Random(1);
        Assert.InRange(Crossings(() => Findings.Flip(random, p, epsilon)), 0, Allowed);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void Observe_WhenPValuesAreUniform_CrossesAtMostAsOftenAsStated(double kappa)
    {
        var random = new Random(2);
        Assert.InRange(Crossings(() => Findings.Power(random, kappa)), 0, Allowed);
    }

    [Fact]
    public void Observe_WhenSlotsDetectorsAndDependenceMix_CrossesAtMostAsOftenAsStated()
    {
        var random = new Random(3);
        var ledger = new EvidenceLedger(new LedgerOptions { FullAfter = 0 }, [new("labels"), new("scores")]);
        var crossings = 0;
        for (var i = 0; i < Records; i++)
        {
            // One label behind every e-value of a record: full dependence between the slots and detectors.
            var y = random.NextDouble() < 0.3;
            var e = y ? 0.5 : 1 + (0.5 * 0.3 / 0.7);
            var labels = Findings.Of((random.Next(50), e, 0.5), (50, e, 0.5));
            var scores = random.Next(2) == 0 ? new() : Findings.Of((0, y ? 2.0 : 0.4 / 0.7, 1));
            if (ledger.Observe("w", i, [labels, scores], 1) < A)
                continue;
            crossings++;
            ledger.Reset("w");
        }

        Assert.InRange(crossings, 0, Allowed);
    }

    [Fact]
    public void Observe_WhenLedgersAreEvictedAndCompacted_CrossesAtMostAsOftenAsStated()
    {
        var random = new Random(4);
        var options = new LedgerOptions { MaxIdentities = 10, MaxPageBytes = 64 << 10, FullAfter = 3, ProtectedMass = A / 10 };
        var ledger = new EvidenceLedger(options, [new("labels")]);
        var crossings = 0;
        for (var i = 0; i < Records; i++)
        {
            // A few heavy writers and a crowd: the crowd pushes the heavy ones out again and again.
            var identity = random.Next(2) == 0 ? $"heavy-{random.Next(3)}" : $"crowd-{random.Next(40)}";
            var finding = Findings.Of((random.Next(2000), Findings.Flip(random, 0.4, 0.5), 0.5), (2000, Findings.Power(random, 0.3), 0.5));
            if (ledger.Observe(identity, i, [finding], 1) < A)
                continue;
            crossings++;
            ledger.Reset(identity);
        }

        Assert.True(ledger.Evicted > 1000 && ledger.Compacted > 10);
        Assert.InRange(crossings, 0, Allowed);
    }

    [Fact]
    public void Observe_WhenAnIdentityIsSummedOverShards_CrossesAtMostAsOftenAsStated()
    {
        var random = new Random(5);
        EvidenceLedger[] shards = [.. Enumerable.Range(0, 4).Select(_ => new EvidenceLedger(new LedgerOptions { FullAfter = 0 }, [new("labels")]))];
        var crossings = 0;
        for (var i = 0; i < Records; i++)
        {
            shards[random.Next(4)].Observe("w", i, [Findings.Of((0, Findings.Flip(random, 0.3, 0.25), 1))]);
            if (shards.Sum(s => s.Mass("w")) < A)
                continue;
            crossings++;
            foreach (var shard in shards)
                shard.Reset("w");
        }

        Assert.InRange(crossings, 0, Allowed);
    }

    [Fact]
    public void Observe_WhenPostureReallocatesTheBudget_CrossesAtMostAsOftenAsStated()
    {
        var random = new Random(6);
        var budget = new PostureBudget();
        var ledger = new EvidenceLedger(new LedgerOptions { FullAfter = 0 }, [new("labels")]);
        var crossings = 0;
        var sum = 0.0;
        for (var i = 0; i < Records; i++)
        {
            // Bad postures come in runs, which a budget that looks back must not overpay.
            var bad = i / 500 % 2 == 1;
            var gamma = budget.Next(bad ? 8 : 0.5);
            sum += gamma;
            Assert.True(sum <= i + 1 + 1e-6);
            var identity = bad ? "bad" : "good";
            if (ledger.Observe(identity, i, [Findings.Of((0, Findings.Flip(random, 0.3, 0.25), 1))], gamma) < A)
                continue;
            crossings++;
            ledger.Reset(identity);
        }

        Assert.True(sum > 0.9 * Records);
        Assert.InRange(crossings, 0, Allowed);
    }

    private static int Crossings(Func<double> eValue)
    {
        var ledger = new EvidenceLedger(new LedgerOptions { FullAfter = 0 }, [new("d")]);
        var crossings = 0;
        for (var i = 0; i < Records; i++)
        {
            if (ledger.Observe("w", i, [Findings.Of((0, eValue(), 1))], 1) < A)
                continue;
            crossings++;
            ledger.Reset("w");
        }

        return crossings;
    }
}
