using System.Collections.Concurrent;
using Assay.Contracts.Trust;

namespace Assay.Grains.Identities;

/// <summary>
/// The standings that this silo acts on: of each key the decision of the highest epoch, whatever the order of arrival. Safe for any number of
/// readers and writers.
/// </summary>
public sealed class StandingTable
{
    private readonly ConcurrentDictionary<StandingKey, Decision> _decisions = new();
    private long _version;
    private long _highestEpoch;

    /// <summary>Grows with every change: what was looked up under the same version still holds.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>The highest epoch of any key seen; 0 before the first decision.</summary>
    public long HighestEpoch => Volatile.Read(ref _highestEpoch);

    public int Count => _decisions.Count;

    public IEnumerable<Decision> Decisions => _decisions.Values;

    /// <returns>True where the decision is newer than what was known of its key.</returns>
    public bool Apply(Decision decision)
    {
        var newest = _decisions.AddOrUpdate(
            decision.Key, static (_, added) => added, static (_, known, added) => added.Epoch > known.Epoch ? added : known, decision);
        if (!ReferenceEquals(newest, decision))
            return false;
        for (var highest = HighestEpoch; decision.Epoch > highest; highest = HighestEpoch)
            Interlocked.CompareExchange(ref _highestEpoch, decision.Epoch, highest);
        Interlocked.Increment(ref _version);
        return true;
    }

    /// <summary>The decision about exactly this key; null where there is none.</summary>
    public Decision? Find(StandingKey key) => _decisions.GetValueOrDefault(key);

    /// <summary>The decision that governs an identity's records from a source: of the one for everywhere and the one for this source the less trusting.</summary>
    public Decision? Find(string identity, string source)
    {
        if (_decisions.IsEmpty)
            return null;
        var everywhere = Find(new StandingKey(identity));
        var here = Find(new StandingKey(identity, source));
        if (everywhere is null || here is null)
            return everywhere ?? here;
        return here.Standing.Distrust() >= everywhere.Standing.Distrust() ? here : everywhere;
    }
}
