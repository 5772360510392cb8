using Assay.Contracts.Sources;
using Microsoft.Extensions.Logging;

namespace Assay.Grains.Sources;

internal static partial class SourceGrainLog
{
    [LoggerMessage(2001, LogLevel.Warning, "{Source}: a batch follows offset {Previous}, the state ends at {Last}; the owner reads again from the committed offset")]
    public static partial void Gap(this ILogger logger, SourceId source, long previous, long last);

    [LoggerMessage(2002, LogLevel.Information, "{Source}: deactivated with offsets up to {Last} applied and {Durable} durable ({Reason}); the owner will replay")]
    public static partial void DeactivatedDirty(this ILogger logger, SourceId source, long last, long durable, string reason);
}
