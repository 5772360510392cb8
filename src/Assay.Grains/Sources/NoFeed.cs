using Assay.Contracts.Evidence;

namespace Assay.Grains.Sources;

/// <summary>Keeps nothing: whoever drives the shards asks them for their news (<see cref="Contracts.Sources.ISourceGrain.News"/>).</summary>
public sealed class NoFeed : ITrustFeed
{
    public bool Asked => true;

    public void Post(ShardNews news)
    {
    }
}
