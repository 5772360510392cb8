using System.Globalization;
using Assay.Contracts.Evidence;
using Assay.Detection.Reference;
using Assay.Trust.Ledger;

namespace Assay.Evaluation.Bound;

/// <summary>
/// Scores of clean writers, normal and stationary, ranked among peers' scores: the product's conformal e-values, one slot a κ.
/// </summary>
public sealed class ConformalStream : ICleanStream
{
    private const long Key = 42;

    private readonly Random _random;
    private readonly int _n;
    private readonly Dictionary<int, Writer> _writers = [];
    private ConformalReference[] _references = [];
    private long _records;

    /// <param name="n">Scores of peers in the reference.</param>
    public ConformalStream(int n, int seed)
    {
        _n = n;
        _random = new Random(seed);
    }

    public int Identities { get; init; } = 8;

    public int Shards { get; init; } = 1;

    /// <summary>Detectors; their scores have correlation .8 where there are several.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Records for which a reference is used before it is drawn anew.</summary>
    public long PerReference { get; init; } = 5000;

    /// <summary>Autocorrelation of a writer's scores.</summary>
    public double Phi { get; init; }

    /// <summary>Levels that scores are rounded to, for ties; 0 for none.</summary>
    public int Levels { get; init; }

    /// <summary>Share of the reference that is poisoned, with scores 3 standard deviations higher.</summary>
    public double Contaminated { get; init; }

    /// <summary>Takes the deflator back out of the e-values.</summary>
    public bool Undeflated { get; init; }

    /// <summary>Bets on every so many records of a writer only.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Ranks what the writer's previous score leaves of a score, (s − φ·s₋₁)/√(1−φ²), φ estimated from the writer's past; peers' likewise.</summary>
    public bool Whitened { get; init; }

    /// <summary>What a record of this writer adds to its scores, e.g. poison; null for nothing.</summary>
    public Func<int, double>? Shift { get; init; }

    /// <summary>Start mass by posture, and who writes next; null for 1, and anybody.</summary>
    public Posture? Posture { get; init; }

    public IReadOnlyList<LedgerDetector> Detectors =>
        [.. Enumerable.Range(0, Count).Select(d => new LedgerDetector(string.Create(CultureInfo.InvariantCulture, $"conformal-{d}"), 3))];

    public StreamedRecord Next(ReadOnlySpan<Finding> findings)
    {
        if (_records % PerReference == 0)
            _references = [.. Enumerable.Range(0, Count).Select(_ => Reference())];
        var (number, gamma) = Posture?.Next(_random) ?? (_random.Next(Identities), 1);
        if (!_writers.TryGetValue(number, out var writer))
            _writers.Add(number, writer = new Writer(Phi, _random));
        writer.Records++;
        var shift = Shift?.Invoke(number) ?? 0;
        Span<char> id = stackalloc char[20];
        (_records++).TryFormat(id, out var length, default, CultureInfo.InvariantCulture);
        var u = KeyedUniform.Of(Key, id[..length]);
        var common = Count > 1 ? Normal.Draw(_random) : 0;
        for (var d = 0; d < Count; d++)
        {
            var score = Score(writer, common) + shift;
            if (writer.Records % Every == 0)
                Bet(findings[d], _references[d], _references[d].PValue(Rounded(score), u));
        }

        return new StreamedRecord(WriterNames.Of(number), _random.Next(Shards), gamma);
    }

    public void After(double mass) => Posture?.After(mass);

    public void Reset(int shard, string identity)
    {
    }

    private void Bet(Finding finding, ConformalReference reference, double p)
    {
        var kappas = ConformalReference.Kappas;
        var back = Undeflated ? 1 + (2 / Math.Sqrt(_n)) : 1;
        for (var k = 0; k < kappas.Length; k++)
            finding.Add(k, reference.EValue(p, kappas[k]) * back, 1.0 / kappas.Length);
    }

    private double Score(Writer writer, double common)
    {
        const double Share = 0.8;
        return Count > 1 ? (Math.Sqrt(Share) * common) + (Math.Sqrt(1 - Share) * Normal.Draw(_random))
            : Whitened ? writer.Residual()
            : writer.Scores.Next();
    }

    private double Rounded(double score) => Levels switch
    {
        0 => score,
        2 => score < 1.88 ? 0 : 1,
        _ => Math.Floor(Normal.Below(score) * Levels),
    };

    private ConformalReference Reference()
    {
        var scores = new double[_n];
        for (var i = 0; i < _n; i++)
            scores[i] = Rounded(Normal.Draw(_random) + (Contaminated > 0 && _random.NextDouble() < Contaminated ? 3 : 0));
        return new ConformalReference(scores);
    }

    private sealed class Writer(double phi, Random random)
    {
        private double _last;
        private double _products;
        private double _squares = 1;

        public long Records { get; set; }

        public Autoregression Scores { get; } = new(phi, random);

        public double Residual()
        {
            const double Most = 0.99;
            var score = Scores.Next();
            var estimate = Math.Clamp(_products / _squares, -Most, Most);
            var residual = (score - (estimate * _last)) / Math.Sqrt(1 - (estimate * estimate));
            _products += score * _last;
            _squares += _last * _last;
            _last = score;
            return residual;
        }
    }
}
