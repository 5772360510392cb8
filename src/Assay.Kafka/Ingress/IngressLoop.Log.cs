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

    [LoggerMessage(1041, LogLevel.Warning,
        "{Topic}/{Partition}: going on from {To}; that up to {Records} records from {From} on were deleted by retention before they were judged was accepted by 'assay accept-loss'")]
    private partial void LogLossAccepted(string topic, int partition, long records, long from, long to);

    [LoggerMessage(1043, LogLevel.Warning, "{Topic}/{Partition}: retention has deleted records up to {To} that were judged before; what they taught is not rebuilt")]
    private partial void LogGone(string topic, int partition, long to);

    [LoggerMessage(1044, LogLevel.Warning,
        "Topic {Topic} has got partitions, {Partition} among them: a source whose key falls there now begins a new shard. Its old shard stays as it is, and the evidence about an identity is summed over all shards")]
    private partial void LogAdded(string topic, int partition);
}
