namespace Assay.Kafka.Egress;

/// <summary>When to try again: waits double from the shortest to the longest. Safe for several threads.</summary>
internal sealed class RetryClock(TimeProvider time, TimeSpan min, TimeSpan max)
{
    private readonly Lock _lock = new();
    private TimeSpan _wait;
    private long _since;

    /// <summary>True when nothing failed, or the wait after the last failure is over.</summary>
    public bool Due
    {
        get
        {
            lock (_lock)
                return _wait == TimeSpan.Zero || time.GetElapsedTime(_since) >= _wait;
        }
    }

    /// <summary>The wait that the last failure started; zero when nothing fails.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_lock)
                return _wait;
        }
    }

    /// <summary>Starts a wait, longer than the last; failures during a wait belong to the same one.</summary>
    public void Failed()
    {
        lock (_lock)
        {
            if (_wait != TimeSpan.Zero && time.GetElapsedTime(_since) < _wait)
                return;
            _wait = _wait == TimeSpan.Zero ? min : TimeSpan.FromTicks(Math.Min(max.Ticks, _wait.Ticks * 2));
            _since = time.GetTimestamp();
        }
    }

    public void Worked()
    {
        lock (_lock)
            _wait = TimeSpan.Zero;
    }
}
