using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>
/// Quantiles of a stream of finite numbers with a bounded relative error, exactly mergeable, independent of the order of arrival.
/// DDSketch (Masson, Rim, Lee; VLDB 2019) with buckets cut from the bits of the number: <see cref="BucketsPerOctave"/> a power of two, so
/// that a quantile is off by at most <see cref="RelativeError"/> of itself and no logarithm is taken.
/// </summary>
/// <remarks>
/// Each sign keeps at most <see cref="MaxBuckets"/> neighbouring buckets (32 octaves). A wider range merges the buckets nearest to zero:
/// quantiles of the largest magnitudes keep the stated error. Numbers below 1e-300 in magnitude count as zero.
/// </remarks>
public sealed class QuantileSketch
{
    public const int BucketsPerOctave = 1 << SubBits;

    public const int MaxBuckets = 32 * BucketsPerOctave;

    /// <summary>Half a bucket: 1/128, about 0.8 %.</summary>
    public const double RelativeError = 0.5 / BucketsPerOctave;

    private const int SubBits = 6;
    private const double Tiny = 1e-300;

    private readonly BucketStore _positive = new();
    private readonly BucketStore _negative = new();

    public long Count => _positive.Total + _negative.Total + Zeros;

    /// <summary>Numbers that are zero or below 1e-300 in magnitude.</summary>
    public long Zeros { get; private set; }

    public long MemoryBytes => 64 + _positive.MemoryBytes + _negative.MemoryBytes;

    public void Add(double value)
    {
        if (value > Tiny)
            _positive.Add(Index(value), 1);
        else if (value < -Tiny)
            _negative.Add(Index(-value), 1);
        else
            Zeros++;
    }

    public void Merge(QuantileSketch other)
    {
        Zeros += other.Zeros;
        _positive.Merge(other._positive);
        _negative.Merge(other._negative);
    }

    public void Clear()
    {
        Zeros = 0;
        _positive.Clear();
        _negative.Clear();
    }

    /// <summary>The number at rank ⌈q·Count⌉ in ascending order, within <see cref="RelativeError"/>; 0 while there is none.</summary>
    /// <param name="q">0 to 1.</param>
    public double Quantile(double q)
    {
        var rank = Math.Clamp((long)Math.Ceiling(q * Count), 1, Math.Max(1, Count));
        if (rank <= _negative.Total)
            return -Middle(_negative.IndexAtRank(_negative.Total - rank + 1));
        rank -= _negative.Total;
        if (rank <= Zeros || _positive.Total == 0)
            return 0;
        return Middle(_positive.IndexAtRank(rank - Zeros));
    }

    /// <summary>How many numbers lie in the bucket of <paramref name="value"/> or above it.</summary>
    public long CountAtLeast(double value)
    {
        if (value > Tiny)
            return _positive.CountFrom(Index(value));
        if (value >= -Tiny)
            return _positive.Total + Zeros;
        return Count - _negative.CountFrom(Index(-value) + 1);
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)Zeros);
        _positive.Write(writer);
        _negative.Write(writer);
    }

    /// <exception cref="StateFormatException">The bytes are no sketch.</exception>
    public void Read(ref StateReader reader)
    {
        Zeros = StateChecks.Count(ref reader);
        _positive.Read(ref reader);
        _negative.Read(ref reader);
    }

    /// <summary>One JSON object: count and the usual quantiles.</summary>
    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("count", Count);
        json.WriteNumber("p50", Quantile(0.5));
        json.WriteNumber("p90", Quantile(0.9));
        json.WriteNumber("p99", Quantile(0.99));
        json.WriteNumber("p99.5", Quantile(0.995));
        json.WriteNumber("p99.9", Quantile(0.999));
        json.WriteNumber("max", Quantile(1));
        json.WriteEndObject();
    }

    // The exponent and the first SubBits bits of the mantissa, read as one integer, grow with the number.
    private static int Index(double magnitude) => (int)(BitConverter.DoubleToUInt64Bits(magnitude) >> (52 - SubBits));

    private static double Middle(int index)
    {
        var low = BitConverter.UInt64BitsToDouble((ulong)index << (52 - SubBits));
        var high = BitConverter.UInt64BitsToDouble((ulong)(index + 1) << (52 - SubBits));
        return double.IsFinite(high) ? low + (high - low) / 2 : low;
    }
}
