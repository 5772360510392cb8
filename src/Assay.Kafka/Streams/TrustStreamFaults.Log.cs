using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Streams;

internal sealed partial class TrustStreamFaults
{
    [LoggerMessage(1080, LogLevel.Error, "{Subscriber} did not take {Events} events of {Queue}, offsets {First} to {Last}; the first is {Content}")]
    private partial void LogGivenUp(string subscriber, long events, TrustQueue queue, long first, long last, object content);

    [LoggerMessage(1081, LogLevel.Warning, "{Subscriber} could not be activated for {Queue}; events are delivered to it from the first")]
    private partial void LogNotReached(string subscriber, TrustQueue queue);

    [LoggerMessage(1082, LogLevel.Error, "{Queue}/{Offset} cannot be read: {Reason}")]
    private partial void LogUnreadable(TrustQueue queue, long offset, string reason);

    [LoggerMessage(1083, LogLevel.Error, "{Queue} no longer has the offsets from {From} up to {To}, which were not delivered")]
    private partial void LogExpired(TrustQueue queue, long from, long to);

    [LoggerMessage(1084, LogLevel.Warning, "{Queue} cannot be opened for subscribers; tried again")]
    private partial void LogUnavailable(TrustQueue queue, Exception cause);

    [LoggerMessage(1085, LogLevel.Warning, "{Queue} ends at {End} and the checkpoint at {Saved}; read from the beginning")]
    private partial void LogMadeAnew(TrustQueue queue, long saved, long end);
}
