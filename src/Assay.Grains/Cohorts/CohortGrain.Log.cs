using Microsoft.Extensions.Logging;

namespace Assay.Grains.Cohorts;

internal static partial class CohortGrainLog
{
    [LoggerMessage(2201, LogLevel.Warning, "{Dataset}: contested: {Suspects} identities are under suspicion at once, of {Identities} compared; nobody is accused until a person decides")]
    public static partial void Contested(this ILogger logger, string dataset, int suspects, long identities);
}
