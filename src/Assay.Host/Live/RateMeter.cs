namespace Assay.Host.Live;

/// <summary>Events a second over the last ten full seconds, or over the time since the start where that is shorter.</summary>
internal sealed class RateMeter
{
    private const int Seconds = 10;
    private readonly long[] _counts = new long[Seconds + 1];
    private readonly long[] _second = new long[Seconds + 1];

    /// <param name="now">Since the start; never falls by more than the window.</param>
    public void Add(long count, TimeSpan now)
    {
        var second = (long)now.TotalSeconds;
        var slot = second % _counts.Length;
        if (_second[slot] != second)
            (_second[slot], _counts[slot]) = (second, 0);
        _counts[slot] += count;
    }

    public double PerSecond(TimeSpan now)
    {
        var current = (long)now.TotalSeconds;
        var sum = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_second[i] < current && _second[i] >= current - Seconds)
                sum += _counts[i];
        }

        return current == 0 ? 0 : (double)sum / Math.Min(Seconds, current);
    }
}
