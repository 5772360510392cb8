using Assay.Contracts.Trust;

namespace Assay.Host.Standings;

/// <param name="Partition">Of the trust topic.</param>
/// <param name="Offset">Where the older decision stands.</param>
internal readonly record struct OlderDecision(StandingKey Key, int Partition, long Offset);

/// <summary>
/// Keys of which an older decision stands last on the topic (DATA-PLANE rule 12): compaction would keep that one. Kept until the newest stands behind it
/// again; bounded, since each is the work of a silo that stalled. Safe for several threads.
/// </summary>
internal sealed class OlderDecisions
{
    private const int Max = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<StandingKey, OlderDecision> _standing = [];

    /// <summary>The older decision stands last.</summary>
    public void Add(OlderDecision older)
    {
        lock (_gate)
        {
            if (_standing.Count < Max || _standing.ContainsKey(older.Key))
                _standing[older.Key] = older;
        }
    }

    /// <summary>The newest decision stands behind it.</summary>
    public void Mended(StandingKey key)
    {
        lock (_gate)
            _standing.Remove(key);
    }

    public OlderDecision[] Read()
    {
        lock (_gate)
            return [.. _standing.Values];
    }
}
