using System.Globalization;
using Assay.Contracts.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Streams;

/// <summary>
/// Records everything that a subscriber did not get, where it still lies, and what fails: each event in the log and the counter, each beginning and
/// end of a trouble for the observer.
/// </summary>
internal sealed partial class TrustStreamFaults(
    IFlowObserver observer, TrustStreamInstruments instruments, SubscriberNames names, IOptions<TrustStreamOptions> options, ILogger<TrustStreamFaults> log)
{
    /// <summary>A subscriber did not take <paramref name="events"/> events, from <paramref name="first"/> to the offset <paramref name="last"/>.</summary>
    /// <param name="again">The subscriber did not take the event before it either.</param>
    public void GivenUp(TrustQueue queue, Guid? subscription, TrustEvent first, long last, long events, bool again)
    {
        var subscriber = names.Name(subscription);
        instruments.Undelivered(queue.Namespace, TrustStreamInstruments.GivenUp, events);
        LogGivenUp(subscriber, events, queue, first.Offset, last, first.Content, options.Value.DeliveryTime);
        if (!again)
        {
            observer.Fault(Area(queue, subscriber), string.Create(
                CultureInfo.InvariantCulture,
                $"{subscriber} refused the {queue.Namespace} event {queue}/{first.Offset} for {options.Value.DeliveryTime} and goes on with the next one; the event stays on the topic."));
        }
    }

    /// <summary>A subscriber that refused the event before has taken one.</summary>
    public void Accepted(TrustQueue queue, Guid? subscription) => observer.Recovered(Area(queue, names.Name(subscription)));

    /// <summary>Orleans could not activate the subscriber within <see cref="TrustStreamOptions.DeliveryTime"/>; it delivers all the same.</summary>
    public void NotReached(TrustQueue queue, Guid subscription) => LogNotReached(names.Name(subscription), queue);

    /// <summary>A message on the topic is no event of this version: no subscriber gets it.</summary>
    public void Unreadable(TrustQueue queue, long offset, string reason)
    {
        instruments.Undelivered(queue.Namespace, TrustStreamInstruments.Unreadable, 1);
        LogUnreadable(queue, offset, reason);
        observer.Fault(Area(queue), $"{queue}/{offset.ToString(CultureInfo.InvariantCulture)} cannot be read and goes to no subscriber: {reason}");
    }

    /// <summary>Kafka no longer has the offsets from <paramref name="from"/> up to <paramref name="to"/>, which no subscriber got.</summary>
    public void Expired(TrustQueue queue, long from, long to)
    {
        instruments.Undelivered(queue.Namespace, TrustStreamInstruments.Expired, to - from);
        LogExpired(queue, from, to);
        observer.Fault(Area(queue), string.Create(
            CultureInfo.InvariantCulture,
            $"{queue} lost {to - from} messages from {from} before subscribers got them: retention passed them."));
    }

    /// <summary>The checkpoint lies past the end of the partition, so that it belongs to a topic of the same name that is gone: reading starts with the oldest message.</summary>
    public void MadeAnew(TrustQueue queue, long saved, long end)
    {
        LogMadeAnew(queue, saved, end);
        observer.Fault(Area(queue), string.Create(
            CultureInfo.InvariantCulture, $"{queue} ends at {end}, and subscribers had everything up to {saved}: the topic was made anew and is read from its beginning."));
    }

    /// <summary>The queue cannot be opened; it is tried again for ever.</summary>
    public void Unavailable(TrustQueue queue, Exception cause)
    {
        LogUnavailable(queue, cause);
        observer.Fault(Area(queue), $"{queue} cannot be read for subscribers: {cause.Message}");
    }

    /// <summary>The queue works.</summary>
    public void Working(TrustQueue queue) => observer.Recovered(Area(queue));

    private static string Area(TrustQueue queue) => $"stream {queue}";

    private static string Area(TrustQueue queue, string subscriber) => $"stream {queue} to {subscriber}";
}
