using System.Collections.Concurrent;
using Assay.Contracts.Trust;

namespace Assay.Grains.Identities;

/// <summary>
/// The standings that this silo acts on: of each key the decision of the highest epoch, whatever the order of arrival. Every distrust is kept. Of
/// those who are trusted, or of whom nothing is proven, so many are kept as the bound allows, the first that came: a further one is treated as
/// unproven. Safe for any number of readers and writers.
/// </summary>
/// <param name="maxDefault">Decisions kept that distrust nobody, 0 or more.</param>
public sealed class StandingTable(int maxDefault = StandingTable.DefaultMaxDefault)
{
    /// <summary>About 400 MB where every one of them has its own identity and a sentence of 100 characters.</summary>
    public const int DefaultMaxDefault = 1_000_000;

    private readonly ConcurrentDictionary<StandingKey, Decision> _decisions = new();
    private readonly Lock _gate = new();
    private int _default;
    private long _unkept;
    private long _version;
    private long _highestEpoch;

    /// <summary>Grows with every change: what was looked up under the same version still holds.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>The highest epoch of any key seen; 0 before the first decision.</summary>
    public long HighestEpoch => Volatile.Read(ref _highestEpoch);

    public int Count => _decisions.Count;

    public IEnumerable<Decision> Decisions => _decisions.Values;

    /// <summary>Decisions that found no room: about identities that nobody distrusts.</summary>
    public long Unkept => Volatile.Read(ref _unkept);

    /// <returns>True where the decision is newer than what is known of its key.</returns>
    public bool Apply(Decision decision)
    {
        lock (_gate)
        {
            var known = Find(decision.Key);
            if (known is not null && known.Epoch >= decision.Epoch)
                return false;
            _default -= known is not null && IsDefault(known) ? 1 : 0;
            if (!IsDefault(decision) || _default < maxDefault)
            {
                _default += IsDefault(decision) ? 1 : 0;
                _decisions[decision.Key] = decision;
            }
            else
            {
                _decisions.TryRemove(decision.Key, out _);
                Volatile.Write(ref _unkept, _unkept + 1);
            }

            // Never falls, so that evidence seen under a forgotten decision still counts as seen.
            Volatile.Write(ref _highestEpoch, Math.Max(_highestEpoch, decision.Epoch));
            Volatile.Write(ref _version, _version + 1);
            return true;
        }
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

    private static bool IsDefault(Decision decision) => decision.Standing.Distrust() <= Standing.Unproven.Distrust();
}
