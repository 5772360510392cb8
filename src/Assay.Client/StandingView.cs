using Assay.Contracts.Trust;

namespace Assay.Client;

/// <summary>
/// The standings as the trust topic tells them: a fold in which the highest epoch of a key wins, so that the order of arrival, repeats and a
/// late older decision make no difference. Not safe for several threads.
/// </summary>
public sealed class StandingView
{
    private readonly Dictionary<StandingKey, Decision> _decisions = [];

    /// <summary>Keys of which a decision is known.</summary>
    public int Count => _decisions.Count;

    /// <summary>The decisions that count, in no particular order.</summary>
    public IReadOnlyCollection<Decision> Decisions => _decisions.Values;

    /// <returns>True where the decision is newer than what was known of its key.</returns>
    public bool Apply(Decision decision)
    {
        if (_decisions.TryGetValue(decision.Key, out var known) && known.Epoch >= decision.Epoch)
            return false;
        _decisions[decision.Key] = decision;
        return true;
    }

    /// <summary>
    /// The decision that governs records of an identity from a source. Where one holds everywhere and another for this source alone, the less
    /// trusting one governs.
    /// </summary>
    /// <returns>Null where no decision is known: the identity is unproven.</returns>
    public Decision? Find(string identity, string source)
    {
        _decisions.TryGetValue(new StandingKey(identity), out var everywhere);
        _decisions.TryGetValue(new StandingKey(identity, source), out var here);
        if (everywhere is null || here is null)
            return everywhere ?? here;
        return here.Standing.Distrust() >= everywhere.Standing.Distrust() ? here : everywhere;
    }

    /// <summary>The standing of an identity's records from a source; <see cref="Standing.Unproven"/> where nothing is known.</summary>
    public Standing StandingOf(string identity, string source) => Find(identity, source)?.Standing ?? Standing.Unproven;
}
