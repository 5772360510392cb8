using System.Globalization;
using Assay.Contracts.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Streams;

/// <summary>
/// Records every event that a subscriber did not get, and where it lies: each in the log and the counter, and the beginning and end of each trouble for
/// the observer.
/// </summary>
internal sealed partial class TrustStreamFaults(
    IFlowObserver observer, TrustStreamInstruments instruments, SubscriberNames names, IOptions<TrustStreamOptions> options, ILogger<TrustStreamFaults> log)
{
    private readonly OpenTroubles _troubles = new(observer);
    private readonly TimeSpan _deliveryTime = options.Value.DeliveryTime;

    /// <summary>A subscriber did not take <paramref name="events"/> events, from <paramref name="first"/> to the offset <paramref name="last"/>.</summary>
    public void GivenUp(TrustQueue queue, Guid? subscription, TrustEvent first, long last, long events)
    {
        var subscriber = names.Name(subscription);
        instruments.Undelivered(queue.Namespace, TrustStreamInstruments.GivenUp, events);
        LogGivenUp(subscriber, events, queue, first.Offset, last, first.Content);
        _troubles.Begin(Area(queue, subscriber), queue, string.Create(
            CultureInfo.InvariantCulture,
            $"{subscriber} refused {queue}/{first.Offset} for {_deliveryTime} and gets the next event; this one stays on the topic. See the log for others."));
    }

    /// <summary>A subscriber that refused the event before has taken one.</summary>
    public void Accepted(TrustQueue queue, Guid? subscription) => _troubles.End(Area(queue, names.Name(subscription)), queue);

    /// <summary>Orleans could not activate the subscriber within <see cref="TrustStreamOptions.DeliveryTime"/>; it delivers all the same.</summary>
    public void NotReached(TrustQueue queue, Guid subscription) => LogNotReached(names.Name(subscription), queue);

    /// <summary>A message on the topic is no event of this version: no subscriber gets it.</summary>
    public void Unreadable(TrustQueue queue, long offset, string reason)
    {
        instruments.Undelivered(queue.Namespace, TrustStreamInstruments.Unreadable, 1);
        LogUnreadable(queue, offset, reason);
        _troubles.Begin(Area(queue), queue, $"{queue}/{offset.ToString(CultureInfo.InvariantCulture)} cannot be read and goes to no subscriber: {reason}");
    }

    /// <summary>Kafka no longer has the offsets from <paramref name="from"/> up to <paramref name="to"/>, which no subscriber got.</summary>
    public void Expired(TrustQueue queue, long from, long to)
    {
        instruments.Undelivered(queue.Namespace, TrustStreamInstruments.Expired, to - from);
        LogExpired(queue, from, to);
        _troubles.Begin(Area(queue), queue, string.Create(
            CultureInfo.InvariantCulture, $"{queue} lost {to - from} messages from {from} to retention before subscribers got them."));
    }

    /// <summary>The checkpoint lies past the end of the partition, so that it belongs to a topic of the same name that is gone.</summary>
    public void MadeAnew(TrustQueue queue, long saved, long end)
    {
        LogMadeAnew(queue, saved, end);
        _troubles.Begin(Area(queue), queue, string.Create(
            CultureInfo.InvariantCulture,
            $"{queue} ends at {end}, and subscribers had everything up to {saved}: the topic was made anew and is read from its beginning."));
    }

    /// <summary>The queue cannot be opened; it is tried again for ever.</summary>
    public void Unavailable(TrustQueue queue, Exception cause)
    {
        LogUnavailable(queue, cause);
        _troubles.Begin(Area(queue), queue, $"{queue} cannot be read for subscribers: {cause.Message}");
    }

    /// <summary>The queue can be read.</summary>
    public void Working(TrustQueue queue) => _troubles.End(Area(queue), queue);

    /// <summary>This silo reads the queue no longer.</summary>
    public void Leave(TrustQueue queue) => _troubles.Leave(queue);

    private static string Area(TrustQueue queue) => $"stream {queue.Namespace}";

    private static string Area(TrustQueue queue, string subscriber) => $"stream {queue.Namespace} to {subscriber}";
}
