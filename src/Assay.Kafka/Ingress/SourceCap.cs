using Assay.Contracts.Ports;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Which sources of a partition have a shard of their own, first come first served in the order of the log. A source's shard never changes while its state
/// lives: otherwise a record read again could be skipped by one shard for what another one held. So the sources are stored with the partition's mark: below
/// it all of them are known, and from it on they come again in the same order. The loop's thread only.
/// </summary>
/// <param name="max">Sources with a shard of their own; the others share <see cref="IRecordRouter.Others"/>.</param>
/// <param name="stored">Whether the sources outlive the process.</param>
internal sealed class SourceCap(int max, bool stored)
{
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unsaved = new(StringComparer.Ordinal);

    /// <summary>True from the first source on that found no room.</summary>
    public bool Full { get; private set; }

    /// <returns>The shard's source: the one given, or <see cref="IRecordRouter.Others"/>.</returns>
    public string Shard(string source)
    {
        if (_own.Contains(source))
            return source;
        if (_own.Count >= max)
        {
            Full = true;
            return IRecordRouter.Others;
        }

        _own.Add(source);
        if (stored)
            _unsaved.Add(source);
        return source;
    }

    /// <summary>What an earlier owner has stored.</summary>
    public void Restore(IEnumerable<string> sources)
    {
        foreach (var source in sources)
        {
            _own.Add(source);
            _unsaved.Remove(source);
        }
    }

    /// <summary>Sources that are not known to be stored.</summary>
    public IReadOnlyList<string> Unsaved() => _unsaved.Count == 0 ? [] : [.. _unsaved];

    public void Saved(IReadOnlyList<string> sources) => _unsaved.ExceptWith(sources);
}
