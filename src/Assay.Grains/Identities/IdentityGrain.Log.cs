using Assay.Contracts.Trust;
using Microsoft.Extensions.Logging;

namespace Assay.Grains.Identities;

internal static partial class IdentityGrainLog
{
    [LoggerMessage(2101, LogLevel.Warning, "{Identity}: published as {Standing} with epoch {Published}, the state knows epoch {Known}: state was lost; the standing holds, epochs go on from it")]
    public static partial void Adopted(this ILogger logger, StandingKey identity, Standing standing, long published, long known);
}
