using Assay.Contracts.Ports;
using Orleans.Services;

namespace Assay.Contracts.Trust;

/// <summary>What a silo acts on; one in every silo.</summary>
[Alias("assay.standing-service")]
public interface IStandingService : IGrainService
{
    /// <returns>True where the silo acts on a decision about the key of at least this epoch.</returns>
    [Alias("applied")]
    Task<bool> Applied(StandingKey key, long epoch);

    /// <inheritdoc cref="IInputPositions.Positions"/>
    [Alias("positions")]
    Task<InputPositions> Positions();
}
