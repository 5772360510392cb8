using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Ingress;

internal sealed partial class PartitionOwner
{
    private readonly ILogger _log = context.Log;

    [LoggerMessage(1020, LogLevel.Information, "{Topic}/{Partition}: source {Source} misses records (batch after {Previous}, state at {Last}); reading again")]
    private partial void LogGap(string topic, int partition, string source, long previous, long last);

    [LoggerMessage(1021, LogLevel.Warning, "{Topic}/{Partition}: checkpoint of source {Source} should hold {Expected} and holds {Last}; reading again")]
    private partial void LogCheckpointGap(string topic, int partition, string source, long expected, long last);

    [LoggerMessage(1022, LogLevel.Warning, "{Topic}/{Partition}: source {Source} fails; retrying until it works")]
    private partial void LogSourceFailed(string topic, int partition, string source, Exception error);

    [LoggerMessage(1023, LogLevel.Warning, "{Topic}/{Partition}: state of source {Source} cannot be saved; retrying until it can")]
    private partial void LogStateFailed(string topic, int partition, string source, Exception error);

    [LoggerMessage(1026, LogLevel.Warning, "{Topic}/{Partition}: state cannot be reached; retrying until it can")]
    private partial void LogStateAway(string topic, int partition, Exception error);

    [LoggerMessage(1024, LogLevel.Error, "{Message}")]
    private partial void LogTopicPaused(string message);

    [LoggerMessage(1033, LogLevel.Critical, "{Message}")]
    private partial void LogStopped(string message);

    [LoggerMessage(1025, LogLevel.Warning, "{Topic}/{Partition}: more than {Max} sources (MaxSources); further ones are judged together as {Others}")]
    private partial void LogSourcesFull(string topic, int partition, int max, string others);
}
