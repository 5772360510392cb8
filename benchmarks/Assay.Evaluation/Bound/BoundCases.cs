using Assay.Trust.Ledger;

namespace Assay.Evaluation.Bound;

/// <summary>What the bound is tried on: the same for the printed table and for the tests, which count fewer records.</summary>
public static class BoundCases
{
    private static readonly double[] Weights = [0.25, 0.5, 0.5, 1, 1, 1, 1, 2, 4, 8];

    public static IReadOnlyList<BoundCase> All { get; } = [.. Ledger(), .. Conformal(), .. Labels()];

    private static IEnumerable<BoundCase> Ledger()
    {
        BoundCase Case(string name, Claim claim, Func<int, ExactStream> stream, Delivery? delivery = null, Func<double, LedgerOptions>? ledger = null) =>
            new("exact", name, claim, (a, seed) => new Fleet(stream(seed), a, ledger?.Invoke(a), delivery, seed));

        yield return Case("labels", Claim.Holds, s => new ExactStream(s));
        yield return Case("p-values", Claim.Holds, s => new ExactStream(s) { Powers = 1 });
        yield return Case("e-values 5 % too large", Claim.Control, s => new ExactStream(s) { Bias = 1.05 });
        yield return Case(
            "8 detectors, each silent on half the records",
            Claim.Holds,
            s => new ExactStream(s) { Count = 8, Powers = 4, Silent = 0.5 });
        yield return Case("8 detectors, one draw behind all", Claim.Holds, s => new ExactStream(s) { Count = 8, Coupled = true });
        yield return Case(
            "8 detectors of both kinds, one draw behind all",
            Claim.Holds,
            s => new ExactStream(s) { Count = 8, Powers = 4, Coupled = true });
        yield return Case(
            "40 identities under caps of 10 and 64 KiB",
            Claim.Holds,
            s => new ExactStream(s) { Count = 2, Identities = 40, Slices = 2000 },
            ledger: a => new LedgerOptions { MaxIdentities = 10, MaxPageBytes = 64 << 10, FullAfter = 3, ProtectedMass = a / 10 });
        foreach (var shards in (int[])[4, 16])
        {
            yield return Case($"{shards} shards", Claim.Holds, s => new ExactStream(s) { Shards = shards });
            yield return Case(
                $"{shards} shards, reports lost, late and repeated",
                Claim.Holds,
                s => new ExactStream(s) { Shards = shards },
                Delivery.Faulty);
        }

        yield return Case("4 shards summed with weight 2", Claim.Control, s => new ExactStream(s) { Shards = 4 }, new Delivery(Weight: 2));
        yield return Case(
            "16 shards, reports at every 50th record above the floor",
            Claim.Holds,
            s => new ExactStream(s) { Shards = 16 },
            new Delivery(Checkpoint: 50));
        yield return Case(
            "the same, a fall below the floor not reported",
            Claim.Measured,
            s => new ExactStream(s) { Shards = 16 },
            new Delivery(Checkpoint: 50, TellsTheFall: false));
        yield return Case("posture, writers at random", Claim.Holds, s => new ExactStream(s) { Posture = new Posture(Weights) });
        yield return Case(
            "posture, order chosen by an adversary",
            Claim.Holds,
            s => new ExactStream(s) { Posture = new Posture(Weights) { Adversarial = true } });
        yield return Case(
            "posture weights as start mass, unpaid",
            Claim.Control,
            s => new ExactStream(s) { Posture = new Posture(Weights) { Unpaid = true } });
    }

    private static IEnumerable<BoundCase> Conformal()
    {
        BoundCase Case(string name, Claim claim, Func<int, ConformalStream> stream, Delivery? delivery = null, int references = 1) =>
            new("conformal", name, claim, (a, seed) => new Fleet(stream(seed), a, delivery: delivery, seed: seed), references);

        yield return Case("n = 100,000 (known)", Claim.Holds, s => new ConformalStream(100_000, s) { PerReference = 1_000_000 });
        yield return Case("n = 5,000", Claim.Holds, s => new ConformalStream(5000, s));
        yield return Case("n = 1,000", Claim.Holds, s => new ConformalStream(1000, s));
        yield return Case("n = 1,000, a reference for 50 records", Claim.Holds, s => new ConformalStream(1000, s) { PerReference = 50 });
        yield return Case("n = 200", Claim.Measured, s => new ConformalStream(200, s));
        foreach (var n in (int[])[200, 1000, 5000])
            yield return Case(
                $"n = {n:N0}, the worst of 50 references kept for ever",
                Claim.Measured,
                s => new ConformalStream(n, s) { PerReference = long.MaxValue },
                references: 50);
        yield return Case(
            "n = 200, the worst of 50 references kept for ever, not deflated",
            Claim.Control,
            s => new ConformalStream(200, s) { PerReference = long.MaxValue, Undeflated = true },
            references: 50);
        yield return Case("ties: 5 levels, n = 1,000", Claim.Holds, s => new ConformalStream(1000, s) { Levels = 5 });
        yield return Case("ties: 97 % alike, n = 1,000", Claim.Holds, s => new ConformalStream(1000, s) { Levels = 2 });
        foreach (var share in (double[])[0.01, 0.03, 0.1])
            yield return Case(
                $"reference {share:0 %} poisoned, n = 5,000",
                Claim.Holds,
                s => new ConformalStream(5000, s) { Contaminated = share });
        yield return Case("4 detectors correlated .8, n = 5,000", Claim.Holds, s => new ConformalStream(5000, s) { Count = 4 });
        yield return Case("4 shards, n = 5,000", Claim.Holds, s => new ConformalStream(5000, s) { Shards = 4 });
        yield return Case(
            "16 shards, reports lost, late and repeated, n = 5,000",
            Claim.Holds,
            s => new ConformalStream(5000, s) { Shards = 16 },
            Delivery.Faulty);
        yield return Case(
            "posture, order chosen by an adversary, n = 5,000",
            Claim.Holds,
            s => new ConformalStream(5000, s) { Posture = new Posture(Weights) { Adversarial = true } });
        foreach (var phi in (double[])[0.1, 0.3, 0.5, 0.9])
            yield return Case($"scores autocorrelated {phi}, n = 5,000", Claim.Measured, s => new ConformalStream(5000, s) { Phi = phi });
        foreach (var (phi, every) in ((double, int)[])[(0.3, 2), (0.5, 4), (0.9, 20)])
            yield return Case(
                $"scores autocorrelated {phi}, betting on one record in {every}",
                Claim.Holds,
                s => new ConformalStream(5000, s) { Phi = phi, Every = every });
        foreach (var phi in (double[])[0.3, 0.5, 0.9])
            yield return Case(
                $"scores autocorrelated {phi}, whitened",
                Claim.Holds,
                s => new ConformalStream(5000, s) { Phi = phi, Whitened = true });
    }

    private static IEnumerable<BoundCase> Labels()
    {
        BoundCase Case(string name, Claim claim, Func<double, int, LabelStream> stream, Delivery? delivery = null) =>
            new("label-slices", name, claim, (a, seed) => new Fleet(stream(a, seed), a, delivery: delivery, seed: seed));

        yield return Case(
            "settled reference (counted from record 20,000)",
            Claim.Holds,
            (a, s) => new LabelStream(s) { Threshold = a, Uncounted = 20_000 });
        yield return Case("reference as it grows", Claim.Holds, (a, s) => new LabelStream(s) { Threshold = a });
        foreach (var writers in (int[])[1, 2, 3, 40])
            yield return Case(
                writers == 1 ? "1 writer" : $"{writers} writers",
                Claim.Holds,
                (a, s) => new LabelStream(s) { Threshold = a, Writers = writers });
        foreach (var shards in (int[])[4, 16])
            yield return Case($"{shards} shards", Claim.Holds, (a, s) => new LabelStream(s) { Threshold = a, Shards = shards });
        yield return Case(
            "4 shards, reports lost, late and repeated",
            Claim.Holds,
            (a, s) => new LabelStream(s) { Threshold = a, Shards = 4 },
            Delivery.Faulty);
        foreach (var share in (double[])[0.01, 0.03, 0.1])
            yield return Case(
                $"half the writers have {share:0 %} of positives turned",
                Claim.Holds,
                (a, s) => new LabelStream(s) { Threshold = a, Contaminated = share });
        yield return Case(
            "posture, order chosen by an adversary",
            Claim.Holds,
            (a, s) => new LabelStream(s) { Threshold = a, Writers = 10, Posture = new Posture(Weights) { Adversarial = true } });
        yield return Case("fields autocorrelated 0.9", Claim.Holds, (a, s) => new LabelStream(s) { Threshold = a, FieldPhi = 0.9 });
        foreach (var phi in (double[])[0.1, 0.3, 0.5, 0.9])
            yield return Case(
                $"labels autocorrelated {phi}",
                phi <= 0.3 ? Claim.Holds : Claim.Measured,
                (a, s) => new LabelStream(s) { Threshold = a, LabelPhi = phi });
        foreach (var (phi, every) in ((double, int)[])[(0.3, 2), (0.5, 4), (0.9, 20)])
            yield return Case(
                $"labels autocorrelated {phi}, betting on one record in {every}",
                Claim.Measured,
                (a, s) => new LabelStream(s) { Threshold = a, LabelPhi = phi, Every = every });
    }
}
