using Assay.Trust.Ledger;

namespace Assay.Evaluation.Bound;

/// <summary>Writers of unlike posture in an order that somebody chooses, and the budget that pays their start mass.</summary>
/// <param name="weights">Posture weight of each writer.</param>
public sealed class Posture(double[] weights)
{
    private readonly PostureBudget _budget = new();
    private readonly double[] _mass = new double[weights.Length];
    private int _writer;
    private long _records;

    /// <summary>
    /// True: three records in four come from the writer whose M times posture weight is highest, the others from the writer of best posture,
    /// who saves up the budget for it. False: writers come at random.
    /// </summary>
    public bool Adversarial { get; init; }

    /// <summary>True: the weight itself is the start mass, whatever the budget says. Breaks the bound.</summary>
    public bool Unpaid { get; init; }

    /// <summary>Σγ over the records so far.</summary>
    public double Paid { get; private set; }

    public (int Writer, double Gamma) Next(Random random)
    {
        _writer = !Adversarial ? random.Next(weights.Length)
            : random.Next(4) > 0 ? Best(w => _mass[w] * weights[w]) : Best(w => -weights[w]);
        var paid = _budget.Next(weights[_writer]);
        var gamma = Unpaid ? weights[_writer] : paid;
        Paid += gamma;
        _records++;
        if (!Unpaid && Paid > _records + 1e-6)
            throw new InvalidOperationException($"Start mass {Paid} over {_records} records.");
        return (_writer, gamma);
    }

    public void After(double mass) => _mass[_writer] = mass;

    private int Best(Func<int, double> value) => Enumerable.Range(0, weights.Length).MaxBy(value);
}
