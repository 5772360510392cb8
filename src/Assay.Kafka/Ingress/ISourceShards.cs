using Assay.Contracts.Sources;

namespace Assay.Kafka.Ingress;

/// <summary>Where the owner of a partition finds the shards of its sources.</summary>
public interface ISourceShards
{
    ISourceGrain Get(SourceId id);
}

/// <summary>Source grains of the silo's cluster.</summary>
internal sealed class GrainSourceShards(IGrainFactory grains) : ISourceShards
{
    public ISourceGrain Get(SourceId id) => grains.GetGrain<ISourceGrain>(id.ToString());
}
