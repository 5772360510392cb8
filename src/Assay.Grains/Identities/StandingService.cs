using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Assay.Grains.Identities;

/// <inheritdoc cref="IStandingService"/>
[Reentrant]
public sealed class StandingService(GrainId id, Silo silo, ILoggerFactory logging, StandingTable standings, IInputPositions inputs)
    : GrainService(id, silo, logging), IStandingService
{
    public Task<bool> Applied(StandingKey key, long epoch) => Task.FromResult(standings.Find(key)?.Epoch >= epoch);

    public Task<InputPositions> Positions() => inputs.Positions();
}
