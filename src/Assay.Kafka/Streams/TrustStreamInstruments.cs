using System.Diagnostics.Metrics;

namespace Assay.Kafka.Streams;

/// <summary>Counts what subscribers did not get.</summary>
internal sealed class TrustStreamInstruments
{
    /// <summary>Name of the meter, which is that of every instrument of the program.</summary>
    public const string Meter = "Assay";

    public const string GivenUp = "given-up";

    public const string Unreadable = "unreadable";

    public const string Expired = "expired";

    private readonly Counter<long> _undelivered;

    public TrustStreamInstruments(IMeterFactory meters) => _undelivered = meters.Create(Meter).CreateCounter<long>(
        "assay.stream.undelivered",
        "{event}",
        "Events that a subscriber did not get: given up after DeliveryTime, unreadable, or expired by retention before they were read.");

    /// <param name="stream">The stream's namespace.</param>
    /// <param name="reason">One of the constants.</param>
    public void Undelivered(string stream, string reason, long events) =>
        _undelivered.Add(events, new KeyValuePair<string, object?>("stream", stream), new KeyValuePair<string, object?>("reason", reason));
}
