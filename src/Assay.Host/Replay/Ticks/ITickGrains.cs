using Assay.Contracts.Cohorts;
using Assay.Contracts.Sources;
using Assay.Contracts.Trust;

namespace Assay.Host.Replay.Ticks;

/// <summary>Whom a tick asks and tells at its end.</summary>
internal interface ITickGrains
{
    ISourceGrain Source(SourceId id);

    IIdentityGrain Identity(StandingKey key);

    ICohortGrain Cohort(string dataset);
}

/// <summary>The grains of the replay's own silo.</summary>
internal sealed class TickGrains(IGrainFactory grains) : ITickGrains
{
    public ISourceGrain Source(SourceId id) => grains.GetGrain<ISourceGrain>(id.ToString());

    public IIdentityGrain Identity(StandingKey key) => grains.GetGrain<IIdentityGrain>(key.ToString());

    public ICohortGrain Cohort(string dataset) => grains.GetGrain<ICohortGrain>(dataset);
}
