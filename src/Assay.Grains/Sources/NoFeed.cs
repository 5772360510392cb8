using Assay.Contracts.Evidence;

namespace Assay.Grains.Sources;

/// <summary>Keeps nothing: whoever drives the shards asks them (<see cref="Assay.Contracts.Sources.ISourceGrain.News"/>).</summary>
public sealed class NoFeed : ITrustFeed
{
    public void Post(ShardNews news)
    {
    }
}
