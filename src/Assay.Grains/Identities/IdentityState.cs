using Assay.Contracts.State;
using Assay.Contracts.Trust;
using Assay.Grains.State;
using Assay.Trust.Standings;

namespace Assay.Grains.Identities;

/// <summary>Everything that is known of one identity, in its durable form.</summary>
internal sealed class IdentityState
{
    private static readonly StateFrame Frame = new("AIDN");
    private readonly IReadOnlyList<KeyValuePair<string, IStateSection>> _sections;

    public IdentityState(StandingKey key)
    {
        Key = key;
        Standing = new StandingState(key);
        Recalled = new RecallProgress(key);

        // Permanent names.
        _sections = [new("standing", Standing), new("recalled", Recalled), new("cohorts", Cohorts), new("outbox", Outbox)];
    }

    public StandingKey Key { get; }

    public StandingState Standing { get; }

    public RecallProgress Recalled { get; }

    public NotedCohorts Cohorts { get; } = new();

    public TrustOutbox Outbox { get; } = new();

    public byte[] Save() => Frame.Write(Key.ToString(), _sections);

    /// <exception cref="StateFormatException">Not the state of this identity in a known version.</exception>
    public void Load(ReadOnlySpan<byte> data) => Frame.Read(data, Key.ToString(), _sections);
}
