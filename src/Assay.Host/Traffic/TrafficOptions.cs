using System.ComponentModel.DataAnnotations;

namespace Assay.Host.Traffic;

/// <summary>Settings of the traffic generator.</summary>
public sealed class TrafficOptions
{
    /// <summary>Records a second at which the default timetable starts its attacks within the first minute.</summary>
    public const double DefaultRate = 2_000;

    /// <summary>Same seed, same stream, byte for byte.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Event time of record 0.</summary>
    public DateTimeOffset Start { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Number of the first record: a stream that goes on where another ended repeats none of its ids. 0 or more.</summary>
    [Range(0, long.MaxValue)]
    public long First { get; set; }

    /// <summary>
    /// Records to one second of event time; 1 to 1,000,000. Event time follows the record counter only: how fast the stream is
    /// produced is up to the caller.
    /// </summary>
    [Range(1.0, 1_000_000.0)]
    public double RecordsPerSecond { get; set; } = DefaultRate;
}
