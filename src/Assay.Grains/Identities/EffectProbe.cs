using Assay.Contracts.Ports;
using Assay.Contracts.Trust;

namespace Assay.Grains.Identities;

/// <summary>
/// Asks every live silo whether it acts on a decision and, once all do, where each owner of an input partition reads. A silo that joins later reads the
/// trust topic to its end before it owns a partition, so it need not be asked.
/// </summary>
public sealed class EffectProbe(IStandingServices services)
{
    /// <exception cref="Exception">A silo cannot be reached; ask again.</exception>
    public async Task<Effect> Ask(StandingKey key, long epoch)
    {
        var silos = services.Active;
        var applied = await Task.WhenAll(silos.Select(s => services.Of(s).Applied(key, epoch)));
        var count = applied.Count(a => a);
        if (count < silos.Count || silos.Count == 0)
            return new Effect(silos.Count, count, [], 0);

        // Asked only now: a grain of one silo may serve an owner on another, so positions from before the last silo had applied prove nothing.
        var positions = await Task.WhenAll(silos.Select(s => services.Of(s).Positions()));
        var owned = new Dictionary<(string Topic, int Partition), long>();
        foreach (var position in positions.SelectMany(p => p.Owned))
            owned[(position.Topic, position.Partition)] = Math.Max(position.Offset, owned.GetValueOrDefault((position.Topic, position.Partition)));
        var inputs = positions.SelectMany(p => p.Partitions).GroupBy(p => p.Key, StringComparer.Ordinal).Sum(g => g.Max(p => p.Value));
        return new Effect(
            silos.Count,
            count,
            [.. owned.Select(p => new InputPosition(p.Key.Topic, p.Key.Partition, p.Value)).OrderBy(p => p.Topic, StringComparer.Ordinal).ThenBy(p => p.Partition)],
            Math.Max(0, inputs - owned.Count));
    }
}
