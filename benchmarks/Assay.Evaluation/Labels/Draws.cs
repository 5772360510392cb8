namespace Assay.Evaluation.Labels;

/// <summary>Seeded uniform numbers (SplitMix64), the same on every platform.</summary>
public sealed class Draws(ulong seed)
{
    private ulong _state = (seed * 0x9E3779B97F4A7C15) + 1;

    /// <summary>In [0, 1).</summary>
    public double Next() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public int Below(int count) => (int)(Bits() % (ulong)count);

    /// <summary>An index in proportion to its weight.</summary>
    public int Pick(double[] weights)
    {
        var u = Next() * weights.Sum();
        var i = 0;
        for (; i < weights.Length - 1 && u >= weights[i]; i++)
            u -= weights[i];
        return i;
    }

    public void Shuffle(int[] items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong Bits()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
