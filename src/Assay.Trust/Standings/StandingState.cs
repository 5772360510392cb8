using System.Text.Json;
using Assay.Contracts.State;
using Assay.Contracts.Trust;

namespace Assay.Trust.Standings;

/// <summary>The facts behind one identity's standing. Which standing they make is <see cref="Current"/>'s to say, and nobody else's.</summary>
public sealed class StandingState(StandingKey key) : IStateSection
{
    public StandingKey Key { get; } = key;

    /// <summary>Decisions made so far; the epoch of the last.</summary>
    public long Epoch { get; internal set; }

    public EvidenceSum Evidence { get; } = new();

    /// <summary>The standing that was last decided.</summary>
    public Standing Decided { get; internal set; }

    internal bool Revoked { get; set; }

    internal bool Paused { get; set; }

    /// <summary>End of the pause; null without a limit.</summary>
    public DateTimeOffset? PausedUntil { get; internal set; }

    internal bool Quarantined { get; set; }

    /// <summary>The quarantine rests on a certain sign or on a person's word, not on a comparison.</summary>
    internal bool Convicted { get; set; }

    internal bool Contested { get; set; }

    internal bool Proven { get; set; }

    internal bool Watched { get; set; }

    /// <summary>Monitored records at which M last fell below the clearing share; −1 while it is above.</summary>
    internal long LowSince { get; set; } = -1;

    /// <summary>Monitored records at which probation ends; 0 without.</summary>
    internal long ProbationEnd { get; set; }

    /// <summary>
    /// The strongest fact decides. Unproven comes before watched: evidence must not open a door that a policy keeps shut to the unproven.
    /// </summary>
    public Standing Current =>
        Revoked ? Standing.Revoked
        : Paused ? Standing.Paused
        : Quarantined ? Standing.Quarantined
        : Contested ? Standing.Contested
        : !Proven ? Standing.Unproven
        : Watched || Evidence.MonitoredRecords < ProbationEnd ? Standing.Watched
        : Standing.Trusted;

    /// <summary>True while the identity is quarantined, whatever stronger fact may govern its standing.</summary>
    public bool IsQuarantined => Quarantined;

    /// <summary>
    /// Takes over a decision that was published and is not in the state, because the state was lost: the standing holds, and epochs go on from it.
    /// What the decision does not say is forgotten: the evidence, which shards report again; the end of a pause or of a probation; what a pause or a
    /// revocation covered up.
    /// </summary>
    /// <exception cref="ArgumentException">The decision is about somebody else, or no newer than the state.</exception>
    public void Adopt(Decision published)
    {
        if (published.Key != Key || published.Epoch <= Epoch)
            throw new ArgumentException($"Decision {published.Epoch} about '{published.Key}' cannot follow {Epoch} about '{Key}'.", nameof(published));
        Epoch = published.Epoch;
        Decided = published.Standing;
        Revoked = published.Standing == Standing.Revoked;
        Paused = published.Standing == Standing.Paused;
        PausedUntil = null;
        Quarantined = published.Standing == Standing.Quarantined;
        Convicted = Quarantined && published.Evidence.M < published.Evidence.A;
        Contested = published.Standing == Standing.Contested;
        Watched = published.Standing == Standing.Watched;
        Proven = published.Standing != Standing.Unproven;
        (LowSince, ProbationEnd) = (-1, 0);
        Evidence.Clear(published.EvidenceEpoch);
    }

    public int StateVersion => 1;

    public void Write(StateWriter writer)
    {
        writer.Int64(Epoch);
        writer.Byte((byte)Decided);
        foreach (var fact in (ReadOnlySpan<bool>)[Revoked, Paused, Quarantined, Convicted, Contested, Proven, Watched])
            writer.Bool(fact);
        writer.Bool(PausedUntil is not null);
        if (PausedUntil is { } until)
            writer.Int64(until.ToUnixTimeMilliseconds());
        writer.Int64(LowSince);
        writer.Int64(ProbationEnd);
        Evidence.Write(writer);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"standing of version {version}; this program reads version 1");
        Epoch = reader.Int64();
        var decided = reader.Byte();
        if (decided > (byte)Standing.Revoked)
            throw new StateFormatException($"standing {decided} is unknown to this program");
        Decided = (Standing)decided;
        Revoked = reader.Bool();
        Paused = reader.Bool();
        Quarantined = reader.Bool();
        Convicted = reader.Bool();
        Contested = reader.Bool();
        Proven = reader.Bool();
        Watched = reader.Bool();
        PausedUntil = reader.Bool() ? DateTimeOffset.FromUnixTimeMilliseconds(reader.Int64()) : null;
        LowSince = reader.Int64();
        ProbationEnd = reader.Int64();
        Evidence.Read(ref reader);
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("identity", Key.Identity);
        json.WriteString("source", Key.Source);
        json.WriteString("standing", Current.Name());
        json.WriteNumber("epoch", Epoch);
        json.WriteNumber("mass", Evidence.Mass);
        json.WriteNumber("monitored_records", Evidence.MonitoredRecords);
        json.WriteNumber("probation_end", ProbationEnd);
        json.WriteStartArray("shards");
        foreach (var report in Evidence.Reports)
        {
            json.WriteStartObject();
            json.WriteString("shard", report.Shard);
            json.WriteNumber("sequence", report.Sequence);
            json.WriteNumber("mass", Evidence.Counted(report));
            json.WriteString("subject", report.Subject);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
