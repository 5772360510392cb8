using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Trust.Records;

/// <summary>
/// What scores are usual in a shard: a histogram with exponential forgetting over a fixed grid (0 to 64 digits in steps of 1/16; the last
/// bucket takes everything above). 8 KiB, one update and one tail query a record; the tail costs a walk over the occupied buckets above.
/// </summary>
public sealed class ScoreHistogram(double halfLife) : IStateSection
{
    private const int PerDigit = 16;
    private const int Buckets = (64 * PerDigit) + 1;

    // Weights grow instead of old ones shrinking; renormalised long before they overflow.
    private const double MaxUnit = 1e100;

    private readonly double[] _mass = new double[Buckets];
    private readonly double _growth = Math.Pow(2, 1 / halfLife);
    private double _total;
    private double _unit = 1;
    private int _top = -1;

    /// <summary>Records counted, discounted by age.</summary>
    public double Count => _total / _unit;

    public int StateVersion => 1;

    /// <summary>Conformal p-value: share of the records seen, this one included, that score at least as high (to the width of a bucket). In (0, 1].</summary>
    public double TailShare(double score)
    {
        var tail = 0.0;
        for (var i = Bucket(score); i <= _top; i++)
            tail += _mass[i];
        return Math.Min(1, (tail + _unit) / (_total + _unit));
    }

    public void Add(double score)
    {
        var bucket = Bucket(score);
        _unit *= _growth;
        _mass[bucket] += _unit;
        _total += _unit;
        _top = Math.Max(_top, bucket);
        if (_unit > MaxUnit)
            Renormalise();
    }

    /// <summary>Lowest score whose <see cref="TailShare"/> is at most <paramref name="share"/>; infinite while there are too few records.</summary>
    public double Threshold(double share)
    {
        var tail = _unit;
        for (var i = _top; i >= 0; i--)
        {
            if ((tail + _mass[i]) / (_total + _unit) > share)
                return tail / (_total + _unit) > share ? double.PositiveInfinity : (i + 1) / (double)PerDigit;
            tail += _mass[i];
        }

        return _top < 0 ? double.PositiveInfinity : 0;
    }

    public void Write(StateWriter writer)
    {
        writer.Double(_unit);
        writer.Double(_total);
        writer.Int32(_top);
        writer.Array<double>(_mass.AsSpan(0, _top + 1));
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"score histogram of version {version}; this program knows version 1");
        var unit = reader.Double();
        var total = reader.Double();
        var top = reader.Int32();
        var mass = reader.Array<double>();
        if (!(unit >= 1 && unit <= MaxUnit * 2) || !(total >= 0 && double.IsFinite(total)) || top + 1 != mass.Length || mass.Length > Buckets || mass.Any(m => !(m >= 0 && double.IsFinite(m))))
            throw new StateFormatException("score histogram with impossible values");
        Array.Clear(_mass);
        mass.CopyTo(_mass, 0);
        (_unit, _total, _top) = (unit, total, top);
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("records_discounted", Math.Round(Count, 1));
        foreach (var (name, share) in new[] { ("median", 0.5), ("p99", 0.01), ("p99_5", 0.005) })
        {
            var threshold = Threshold(share);
            if (double.IsFinite(threshold))
                json.WriteNumber(name, threshold);
        }

        json.WriteEndObject();
    }

    private static int Bucket(double score) => (int)Math.Min(Buckets - 1, Math.Max(0, score * PerDigit));

    private void Renormalise()
    {
        for (var i = 0; i <= _top; i++)
            _mass[i] /= _unit;
        _total /= _unit;
        _unit = 1;
    }
}
