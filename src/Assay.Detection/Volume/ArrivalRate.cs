using Assay.Contracts.State;
using Assay.Detection.Statistics;

namespace Assay.Detection.Volume;

/// <summary>Arrivals of one stream now (every record) against its settled rate (learned records), both exponentially weighted over append time.</summary>
internal struct ArrivalRate
{
    private const double MinSettled = 20;
    private const double MinSpan = 8;

    private long _firstMs;
    private long _lastMs;
    private double _now;
    private double _settled;

    /// <summary>Settled arrivals, faded: what a stream is worth keeping for.</summary>
    public readonly double Settled => _settled;

    /// <summary>Notes an arrival.</summary>
    public void Observe(long timeMs, in BurstClock clock)
    {
        if (_now == 0)
            _firstMs = _lastMs = timeMs;
        var elapsed = (double)timeMs - _lastMs;
        if (elapsed > 0)
        {
            _now *= Math.Exp(-clock.BurstPerMs * elapsed);
            _settled *= Math.Exp(-clock.SettledPerMs * elapsed);
            _lastMs = timeMs;
        }

        // Never back to zero: that marks a stream without arrivals.
        _now = Math.Max(_now, double.Epsilon) + 1;
    }

    /// <summary>Counts the arrival just observed as normal.</summary>
    public void Learn() => _settled++;

    /// <summary>Digits by which one more arrival now exceeds the settled rate; 0 while too little is settled, or while append time stands still.</summary>
    public readonly double Digits(long timeMs, in BurstClock clock) =>
        Expected(clock) is var expected and > 0 ? BurstDigits.Of(Count(timeMs, clock), expected) : 0;

    /// <summary>The same as of the latest arrival, without one more.</summary>
    public readonly double Digits(in BurstClock clock) =>
        Expected(clock) is var expected and > 0 ? BurstDigits.Of(_now, expected) : 0;

    /// <summary>Arrivals within the burst window, one more included.</summary>
    public readonly double Count(long timeMs, in BurstClock clock) =>
        _now * Math.Exp(-clock.BurstPerMs * Math.Max(0.0, (double)timeMs - _lastMs)) + 1;

    /// <summary>Arrivals that the settled rate gives a burst window; 0 while unknown.</summary>
    public readonly double Expected(in BurstClock clock)
    {
        var span = (double)_lastMs - _firstMs;
        if (_settled < MinSettled || span * clock.BurstPerMs < MinSpan)
            return 0;
        return _settled * clock.SettledPerMs / (1 - Math.Exp(-clock.SettledPerMs * span)) / clock.BurstPerMs;
    }

    public readonly void Write(StateWriter writer)
    {
        writer.Int64(_firstMs);
        writer.Int64(_lastMs);
        writer.Double(_now);
        writer.Double(_settled);
    }

    public static ArrivalRate Read(ref StateReader reader)
    {
        var rate = new ArrivalRate
        {
            _firstMs = reader.Int64(),
            _lastMs = reader.Int64(),
            _now = StateChecks.NonNegative(ref reader),
            _settled = StateChecks.NonNegative(ref reader),
        };
        return rate._lastMs >= rate._firstMs ? rate : throw new StateFormatException($"last arrival before the first, before byte {reader.Position}");
    }
}

/// <summary>Decay a millisecond of append time of the two windows.</summary>
internal readonly record struct BurstClock(double BurstPerMs, double SettledPerMs)
{
    public static BurstClock Of(VolumeOptions options) =>
        new(Math.Log(2) / options.BurstHalfLife.TotalMilliseconds, Math.Log(2) / options.SettledHalfLife.TotalMilliseconds);
}
