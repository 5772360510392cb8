using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>
/// Turns a raw surprise (digits by some model) into digits that hold on this source's own data: a power law through two quantiles of what was
/// learned, so that one learned record in 10 reaches 1 and one in 100 reaches 2. Exact where the model is right; a heavier tail than the
/// model's gives a lower exponent (a Weibull tail). Strictly increasing, finite, never saturates.
/// </summary>
/// <remarks>
/// The map is renewed as often as the learned values grow by an eighth, until the early ones are in; then only once a generation, by that
/// generation alone. Between these moments scores are comparable, and what is learned meanwhile changes none. A flood that makes up more than
/// a hundredth of a generation does become usual at its end: keeping floods from being learned is the verdict policy's part.
/// </remarks>
public sealed class TailCalibration
{
    // The model's word counts as this many records, so that a young map is near the identity.
    private const double Prior = 20;
    private const int First = 16;
    private const int Growth = 8;
    private const double MinExponent = 0.1;
    private const double MaxExponent = 2;

    // Quantiles below it would magnify noise.
    private const double MinSurprise = 1e-3;

    private readonly int _early;
    private readonly int _generation;
    private readonly QuantileSketch _learned = new();
    private double _oneDigit = 1;
    private double _exponent = 1;
    private long _next = First;
    private bool _settled;

    /// <param name="early">Learned values after which the map settles; 16 or more.</param>
    /// <param name="generation">Learned values between later renewals; at least <paramref name="early"/>.</param>
    public TailCalibration(int early, int generation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(early, First);
        ArgumentOutOfRangeException.ThrowIfLessThan(generation, early);
        _early = early;
        _generation = generation;
    }

    public long MemoryBytes => 80 + _learned.MemoryBytes;

    /// <summary>About −log10 of the share of learned values at least as large; 0 or more, increasing in <paramref name="surprise"/>.</summary>
    /// <param name="surprise">0 or more, finite.</param>
    public double Digits(double surprise) => surprise > 0 ? Math.Pow(surprise / _oneDigit, _exponent) : 0;

    public void Learn(double surprise)
    {
        _learned.Add(surprise);
        if (_learned.Count < _next)
            return;
        Renew();
        if (_settled || _learned.Count >= _early)
        {
            _learned.Clear();
            _settled = true;
        }

        _next = _settled ? _generation : Math.Min(_early, _next + Math.Max(1, _next / Growth));
    }

    /// <summary>Takes over the map of another calibration as settled, without what it has learned since.</summary>
    public void Adopt(TailCalibration other)
    {
        (_oneDigit, _exponent, _settled, _next) = (other._oneDigit, other._exponent, true, _generation);
        _learned.Clear();
    }

    public void Write(StateWriter writer)
    {
        writer.Double(_oneDigit);
        writer.Double(_exponent);
        writer.Varint((ulong)_next);
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
        _next = StateChecks.Count(ref reader);
        _settled = reader.Bool();
        _learned.Read(ref reader);
    }

    /// <summary>One JSON object: the map and the distribution learned since its last settled renewal.</summary>
    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("one_digit", _oneDigit);
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
