using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>
/// Turns a raw surprise (digits by some model) into digits that hold on this source's own data: a power law through two quantiles of what was
/// learned, so that one learned record in 10 reaches 1 and one in 100 reaches 2. Exact where the model is right; a heavier tail than the
/// model's gives a lower exponent (a Weibull tail). Strictly increasing, finite, never saturates.
/// </summary>
/// <remarks>
/// The map changes only when 32, 64, 128, … values are learned and then once a generation, by that generation alone: between these
/// moments scores are comparable, and what is learned in the meantime cannot move them.
/// </remarks>
public sealed class TailCalibration
{
    // The model's word counts as this many records, so that a young map is near the identity.
    private const double Prior = 50;
    private const int First = 32;
    private const double MinExponent = 0.1;
    private const double MaxExponent = 2;

    // Quantiles below it would magnify noise.
    private const double MinSurprise = 1e-3;

    private readonly int _generation;
    private readonly QuantileSketch _learned = new();
    private double _oneDigit = 1;
    private double _exponent = 1;
    private bool _settled;

    /// <param name="generation">Learned values after which the map is renewed for good; at least 64.</param>
    public TailCalibration(int generation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(generation, 2 * First);
        _generation = generation;
    }

    public long MemoryBytes => 64 + _learned.MemoryBytes;

    /// <summary>About −log10 of the share of learned values at least as large; 0 or more, increasing in <paramref name="surprise"/>.</summary>
    /// <param name="surprise">0 or more, finite.</param>
    public double Digits(double surprise) => surprise > 0 ? Math.Pow(surprise / _oneDigit, _exponent) : 0;

    public void Learn(double surprise)
    {
        _learned.Add(surprise);
        var count = _learned.Count;
        if (count >= _generation)
        {
            Renew();
            _learned.Clear();
            _settled = true;
        }
        else if (!_settled && count >= First && long.IsPow2(count))
        {
            Renew();
        }
    }

    public void Write(StateWriter writer)
    {
        writer.Double(_oneDigit);
        writer.Double(_exponent);
        writer.Bool(_settled);
        _learned.Write(writer);
    }

    /// <exception cref="StateFormatException">The bytes are no calibration.</exception>
    public void Read(ref StateReader reader)
    {
        _oneDigit = StateChecks.Finite(ref reader);
        _exponent = StateChecks.Finite(ref reader);
        if (_oneDigit < MinSurprise || _exponent is < MinExponent or > MaxExponent)
            throw new StateFormatException($"calibration out of range before byte {reader.Position}");
        _settled = reader.Bool();
        _learned.Read(ref reader);
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("oneDigit", _oneDigit);
        json.WriteNumber("exponent", _exponent);
        json.WritePropertyName("learned");
        _learned.Describe(json);
        json.WriteEndObject();
    }

    private void Renew()
    {
        var n = (double)_learned.Count;
        _oneDigit = Math.Max(MinSurprise, (n * _learned.Quantile(0.9) + Prior) / (n + Prior));
        var twoDigits = Math.Max(1.02 * _oneDigit, (n * _learned.Quantile(0.99) + 2 * Prior) / (n + Prior));
        _exponent = Math.Clamp(Math.Log(2) / Math.Log(twoDigits / _oneDigit), MinExponent, MaxExponent);
    }
}
