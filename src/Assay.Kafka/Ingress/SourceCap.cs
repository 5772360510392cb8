using Assay.Contracts.Ports;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Which sources of a partition have a shard of their own. A source's shard never changes while the process lives, over assignments and seeks
/// too: otherwise a record read again could be skipped by one shard for what another one held. The loop's thread only.
/// </summary>
/// <param name="max">Sources with a shard of their own; the others share <see cref="IRecordRouter.Others"/>.</param>
internal sealed class SourceCap(int max)
{
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    /// <summary>True from the first source on that found no room.</summary>
    public bool Full { get; private set; }

    /// <returns>The shard's source: the one given, or <see cref="IRecordRouter.Others"/>.</returns>
    public string Shard(string source)
    {
        if (_own.Contains(source))
            return source;
        if (_own.Count == max)
        {
            Full = true;
            return IRecordRouter.Others;
        }

        _own.Add(source);
        return source;
    }
}
