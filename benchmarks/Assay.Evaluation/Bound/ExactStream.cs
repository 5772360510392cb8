using System.Globalization;
using Assay.Contracts.Evidence;
using Assay.Trust.Ledger;

namespace Assay.Evaluation.Bound;

/// <summary>
/// Detectors whose e-values have mean 1 exactly: of flipped labels (three rates, in one of many slices), and of uniform p-values (three κ).
/// What the ledger and the sum make of them is the ledger's and the sum's doing alone.
/// </summary>
public sealed class ExactStream(int seed) : ICleanStream
{
    private const double Positive = 0.3;
    private static readonly double[] Rates = [0.1, 0.25, 0.6];
    private static readonly double[] Kappas = [0.1, 0.3, 0.6];

    private readonly Random _random = new(seed);

    public int Identities { get; init; } = 8;

    public int Shards { get; init; } = 1;

    public int Count { get; init; } = 1;

    /// <summary>Detectors of uniform p-values among them, the last ones. Small steps, as labels make, use up nearly all of T/A.</summary>
    public int Powers { get; init; }

    /// <summary>Slices of a label detector; a record is in one of them.</summary>
    public int Slices { get; init; } = 4;

    /// <summary>True: one draw behind all e-values of a record. False: one a detector.</summary>
    public bool Coupled { get; init; }

    /// <summary>Share of records on which a detector says nothing.</summary>
    public double Silent { get; init; }

    /// <summary>Factor on every e-value; 1 for e-values that are e-values.</summary>
    public double Bias { get; init; } = 1;

    /// <summary>Start mass of a record by its writer's number and M of every writer; null for 1 always. Called once a record, before it.</summary>
    public Posture? Posture { get; init; }

    public IReadOnlyList<LedgerDetector> Detectors =>
        [.. Enumerable.Range(0, Count).Select(d => new LedgerDetector(string.Create(CultureInfo.InvariantCulture, $"exact-{d}"), 3))];

    public StreamedRecord Next(ReadOnlySpan<Finding> findings)
    {
        var (writer, gamma) = Posture?.Next(_random) ?? (_random.Next(Identities), 1);
        var common = _random.NextDouble();
        for (var d = 0; d < findings.Length; d++)
        {
            if (Silent > 0 && _random.NextDouble() < Silent)
                continue;
            var u = Coupled ? common : _random.NextDouble();
            if (d < findings.Length - Powers)
                Flip(findings[d], u);
            else
                Power(findings[d], u);
        }

        return new StreamedRecord(WriterNames.Of(writer), _random.Next(Shards), gamma);
    }

    public void After(double mass) => Posture?.After(mass);

    public void Reset(int shard, string identity)
    {
    }

    private void Flip(Finding finding, double u)
    {
        var slot = _random.Next(Slices) * Rates.Length;
        for (var i = 0; i < Rates.Length; i++)
            finding.Add(slot + i, Bias * (u > 1 - Positive ? 1 - Rates[i] : 1 + (Rates[i] * Positive / (1 - Positive))), 1.0 / Rates.Length);
    }

    private void Power(Finding finding, double u)
    {
        for (var i = 0; i < Kappas.Length; i++)
            finding.Add(i, Bias * Kappas[i] * Math.Pow(1 - u, Kappas[i] - 1), 1.0 / Kappas.Length);
    }
}
