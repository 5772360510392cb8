namespace Assay.Host.Traffic.Worlds;

/// <summary>Draws indices in proportion to weights.</summary>
internal sealed class Wheel
{
    private readonly double[] _cumulative;

    public Wheel(params double[] weights)
    {
        var sum = weights.Sum();
        var running = 0.0;
        _cumulative = [.. weights.Select(w => (running += w) / sum)];
        _cumulative[^1] = 1;
    }

    public int Spin(SeededRandom random)
    {
        var draw = random.Next();
        var index = 0;
        while (draw >= _cumulative[index])
            index++;
        return index;
    }
}
