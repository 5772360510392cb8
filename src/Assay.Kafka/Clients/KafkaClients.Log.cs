using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Clients;

public sealed partial class KafkaClients
{
    [LoggerMessage(1000, LogLevel.Debug, "Kafka client error {Code}: {Reason}")]
    private partial void LogClientError(ErrorCode code, string reason);

    [LoggerMessage(1001, LogLevel.Debug, "{Client} {Facility}: {Text}")]
    private partial void LogClient(string client, string facility, string text);
}
