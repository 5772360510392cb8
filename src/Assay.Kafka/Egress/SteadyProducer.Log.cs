using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Egress;

internal sealed partial class SteadyProducer
{
    [LoggerMessage(1070, LogLevel.Warning, "{Topic} fails with {Code}: {Reason}; retrying until it passes")]
    private partial void LogFailing(string topic, ErrorCode code, string reason);

    [LoggerMessage(1071, LogLevel.Warning, "The producer for {Area} met a fatal error; a new one takes over")]
    private partial void LogRenewed(string area);
}
