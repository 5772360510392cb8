namespace Assay.Grains.Tests.Support;

/// <summary>Time that passes when a test says so; timers are the system's.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
