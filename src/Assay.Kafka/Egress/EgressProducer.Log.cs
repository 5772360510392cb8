using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Egress;

internal sealed partial class EgressProducer
{
    [LoggerMessage(1010, LogLevel.Warning, "Outputs fail with {Code}: {Reason}; retrying until they pass")]
    private partial void LogFailing(ErrorCode code, string reason);

    [LoggerMessage(1011, LogLevel.Warning, "Topic {Topic} refuses the record at {Offset}, it becomes a dead letter: {Reason}")]
    private partial void LogRefused(string topic, long offset, string reason);

    [LoggerMessage(1012, LogLevel.Warning, "The producer met a fatal error; a new one takes over what it left")]
    private partial void LogRebuild();
}
