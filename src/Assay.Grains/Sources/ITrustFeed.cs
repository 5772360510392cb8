using Assay.Contracts.Evidence;

namespace Assay.Grains.Sources;

/// <summary>
/// Takes what shards have to tell to identities and cohorts, and sends it on. News is absolute: what is posted later of the same shard about the
/// same identity stands for what was posted before, and what is lost comes again with the shard's next news.
/// </summary>
public interface ITrustFeed
{
    /// <summary>True where shards must keep still until they are asked, as in a replay: what has been told is not told again.</summary>
    bool Asked { get; }

    /// <summary>Returns at once and never throws. Safe for any number of threads.</summary>
    void Post(ShardNews news);
}
