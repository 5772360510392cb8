using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>
/// Arrival rates over Kafka's append time, each an exponentially weighted count with its own half-life and corrected for the time since the
/// first arrival, so that a young meter is not biased towards zero. Time that goes backwards counts as standing still.
/// </summary>
public sealed class RateMeter
{
    private readonly double[] _decayPerMs;
    private readonly double[] _weights;
    private long _firstMs;
    private long _lastMs;

    /// <param name="halfLives">At least one, each longer than zero.</param>
    public RateMeter(params ReadOnlySpan<TimeSpan> halfLives)
    {
        HalfLives = halfLives.ToArray();
        _weights = new double[halfLives.Length];
        _decayPerMs = [.. HalfLives.Select(h => h > TimeSpan.Zero ? Math.Log(2) / h.TotalMilliseconds : throw new ArgumentOutOfRangeException(nameof(halfLives)))];
    }

    public IReadOnlyList<TimeSpan> HalfLives { get; }

    /// <summary>Arrivals so far.</summary>
    public long Count { get; private set; }

    /// <summary>Seconds of append time from the first arrival to the latest.</summary>
    public double SpanSeconds => ((double)_lastMs - _firstMs) / 1000;

    public long MemoryBytes => 120 + 32L * _weights.Length;

    /// <param name="appendTimeMs">Milliseconds since the Unix epoch.</param>
    public void Add(long appendTimeMs)
    {
        if (Count++ == 0)
            _firstMs = _lastMs = appendTimeMs;
        var elapsed = (double)appendTimeMs - _lastMs;
        if (elapsed > 0)
        {
            for (var i = 0; i < _weights.Length; i++)
                _weights[i] *= Math.Exp(-_decayPerMs[i] * elapsed);
            _lastMs = appendTimeMs;
        }

        for (var i = 0; i < _weights.Length; i++)
            _weights[i]++;
    }

    /// <summary>Arrivals a second as of the latest arrival, by the half-life at <paramref name="index"/>; 0 while no time has passed.</summary>
    public double PerSecond(int index)
    {
        var span = (double)_lastMs - _firstMs;
        var window = (1 - Math.Exp(-_decayPerMs[index] * span)) / _decayPerMs[index];
        return window > 0 ? 1000 * _weights[index] / window : 0;
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)Count);
        writer.Int64(_firstMs);
        writer.Int64(_lastMs);
        writer.Array<double>(_weights);
    }

    /// <exception cref="StateFormatException">The bytes are no rates, or of another number of half-lives.</exception>
    public void Read(ref StateReader reader)
    {
        Count = StateChecks.Count(ref reader);
        _firstMs = reader.Int64();
        _lastMs = reader.Int64();
        if (_lastMs < _firstMs)
            throw new StateFormatException($"last arrival before the first, before byte {reader.Position}");
        var weights = reader.Array<double>();
        if (weights.Length != _weights.Length || !Array.TrueForAll(weights, w => w >= 0 && double.IsFinite(w)))
            throw new StateFormatException($"{weights.Length} rates before byte {reader.Position}, {_weights.Length} finite ones expected");
        weights.CopyTo(_weights, 0);
    }

    /// <summary>One JSON object: arrivals, and the rate a second for each half-life in seconds.</summary>
    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("count", Count);
        json.WriteNumber("span_seconds", SpanSeconds);
        json.WriteStartObject("per_second");
        for (var i = 0; i < _weights.Length; i++)
            json.WriteNumber(HalfLives[i].ToString("c"), PerSecond(i));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
