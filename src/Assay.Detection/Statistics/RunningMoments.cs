using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>
/// Count, mean, spread and range of a stream of finite numbers, mergeable. Welford's update and the pairwise merge of Chan, Golub and
/// LeVeque (1983): no cancellation, whatever the offset of the numbers. 40 bytes.
/// </summary>
public struct RunningMoments
{
    // Beyond it squares would overflow.
    private const double Limit = 1e140;

    private double _sumOfSquares;

    public long Count { get; private set; }

    public double Mean { get; private set; }

    /// <summary>Smallest number so far; 0 while there is none.</summary>
    public double Min { get; private set; }

    /// <summary>Largest number so far; 0 while there is none.</summary>
    public double Max { get; private set; }

    /// <summary>Population variance: the mean squared distance from <see cref="Mean"/>; 0 below two numbers.</summary>
    public readonly double Variance => Count < 2 ? 0 : Math.Max(0, _sumOfSquares / Count);

    public readonly double StandardDeviation => Math.Sqrt(Variance);

    /// <param name="value">Finite; beyond ±1e140 it counts as that.</param>
    public void Add(double value)
    {
        value = Math.Clamp(value, -Limit, Limit);
        if (Count++ == 0)
        {
            Mean = Min = Max = value;
            return;
        }

        var delta = value - Mean;
        Mean += delta / Count;
        _sumOfSquares += delta * (value - Mean);
        if (value < Min)
            Min = value;
        else if (value > Max)
            Max = value;
    }

    /// <summary>Afterwards as if every number of <paramref name="other"/> had been added here, up to rounding.</summary>
    public void Merge(in RunningMoments other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        var count = Count + other.Count;
        var delta = other.Mean - Mean;
        _sumOfSquares += other._sumOfSquares + delta * delta * ((double)Count * other.Count / count);
        Mean += delta * other.Count / count;
        Count = count;
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
    }

    public readonly void Write(StateWriter writer)
    {
        writer.Varint((ulong)Count);
        writer.Double(Mean);
        writer.Double(_sumOfSquares);
        writer.Double(Min);
        writer.Double(Max);
    }

    /// <exception cref="StateFormatException">The bytes are no moments.</exception>
    public static RunningMoments Read(ref StateReader reader) => new()
    {
        Count = StateChecks.Count(ref reader),
        Mean = StateChecks.Finite(ref reader),
        _sumOfSquares = StateChecks.Finite(ref reader),
        Min = StateChecks.Finite(ref reader),
        Max = StateChecks.Finite(ref reader),
    };

    /// <summary>One JSON object: count, mean, sd, min, max.</summary>
    public readonly void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("count", Count);
        json.WriteNumber("mean", Mean);
        json.WriteNumber("sd", StandardDeviation);
        json.WriteNumber("min", Min);
        json.WriteNumber("max", Max);
        json.WriteEndObject();
    }
}
