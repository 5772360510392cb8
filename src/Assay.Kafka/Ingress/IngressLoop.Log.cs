using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Ingress;

internal sealed partial class IngressLoop
{
    private readonly ILogger _log;

    [LoggerMessage(1030, LogLevel.Information, "{New} partitions assigned, {All} owned")]
    private partial void LogAssigned(int @new, int all);

    [LoggerMessage(1031, LogLevel.Information, "{Topic}/{Partition}: reading from {Start}, committed {Committed}")]
    private partial void LogOpened(string topic, int partition, long start, long committed);

    [LoggerMessage(1032, LogLevel.Warning, "{Topic}/{Partition} cannot be opened; retrying")]
    private partial void LogOpenFailed(string topic, int partition, Exception error);

    [LoggerMessage(1033, LogLevel.Critical, "{Message}")]
    private partial void LogRefused(string message);

    [LoggerMessage(1034, LogLevel.Warning, "{Count} partitions lost to another owner without notice; their work is done again there")]
    private partial void LogPartitionsLost(int count);

    [LoggerMessage(1035, LogLevel.Warning, "Not everything in flight was finished within {Time}; the next owner does it again")]
    private partial void LogDrainTimeout(TimeSpan time);

    [LoggerMessage(1036, LogLevel.Information, "{Count} grains were not released; they move when they are next collected")]
    private partial void LogReleaseFailed(int count);

    [LoggerMessage(1037, LogLevel.Warning, "{Topic}/{Partition}: seek failed; retrying")]
    private partial void LogSeekFailed(string topic, int partition, Exception error);

    [LoggerMessage(1039, LogLevel.Information,
        "Topic {Topic} is not keyed by source (source {Source} comes on several of its {Partitions} partitions): each partition keeps its own shard of a source")]
    private partial void LogUnkeyed(string topic, string source, int partitions);

    [LoggerMessage(1040, LogLevel.Warning, "Input cannot be read ({Code}: {Reason}); retrying")]
    private partial void LogConsumeFailed(ErrorCode code, string reason);

    [LoggerMessage(1042, LogLevel.Warning, "Kafka has not let this member go within {Time}; the group notices by its session timeout")]
    private partial void LogCloseTimeout(TimeSpan time);

    [LoggerMessage(1041, LogLevel.Critical, "{Message}")]
    private partial void LogLost(string message);
}
