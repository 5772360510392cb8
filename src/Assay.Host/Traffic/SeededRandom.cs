using System.IO.Hashing;
using System.Text;

namespace Assay.Host.Traffic;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every platform and runtime version.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator of its own for a part of the world, so that parts do not disturb each other.</summary>
    public SeededRandom(int seed, string part)
        : this(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(part), seed))
    {
    }

    public ulong NextBits()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="below"/>).</summary>
    public int Next(int below) => (int)Math.BigMul(NextBits(), (ulong)below, out _);

    public bool Chance(double probability) => Next() < probability;

    /// <summary>Standard normal to within .003 in distribution, cut at ±6: the sum of twelve uniforms.</summary>
    public double Normal()
    {
        var sum = 0.0;
        for (var i = 0; i < 3; i++)
        {
            var bits = NextBits();
            sum += (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        }

        return (sum + 6) / 65536.0 - 6;
    }

    public T Pick<T>(T[] values) => values[Next(values.Length)];
}
