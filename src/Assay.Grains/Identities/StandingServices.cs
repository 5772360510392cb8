using Assay.Contracts.Trust;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace Assay.Grains.Identities;

/// <summary>Finds the <see cref="IStandingService"/> of a silo.</summary>
public interface IStandingServices : IGrainServiceClient<IStandingService>
{
    /// <summary>The silos that are active, as this one knows.</summary>
    IReadOnlyCollection<SiloAddress> Active { get; }

    IStandingService Of(SiloAddress silo);
}

/// <inheritdoc cref="IStandingServices"/>
public sealed class StandingServices(IServiceProvider services, ISiloStatusOracle silos) : GrainServiceClient<IStandingService>(services), IStandingServices
{
    public IReadOnlyCollection<SiloAddress> Active => [.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys];

    public IStandingService Of(SiloAddress silo) => GetGrainService(silo);
}
