namespace Assay.Host.Replay.Attacks;

/// <summary>
/// Numbers that depend on a key and an ordinal only, so that a choice does not depend on the order or number of the others.
/// </summary>
/// <param name="seed">Of the attack, or of the replay.</param>
/// <param name="attack">Place of the attack among those of the replay: equal attacks choose differently.</param>
internal readonly struct KeyedHash(long seed, int attack)
{
    private readonly ulong _key = Mix(Mix((ulong)seed) + (ulong)attack);

    public ulong Bits(long ordinal) => Mix(_key ^ Mix((ulong)ordinal));

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform(long ordinal) => (Bits(ordinal) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="below"/>); independent of <see cref="Uniform"/>, which chose the row.</summary>
    public int Place(long ordinal, int below) => (int)(Mix(~Bits(ordinal)) % (ulong)below);

    /// <summary>The step of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
