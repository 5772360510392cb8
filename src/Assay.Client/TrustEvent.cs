using Assay.Contracts.Trust;

namespace Assay.Client;

/// <summary>A verified message of a trust topic: one of the three, or none where the kind is one that this version does not know.</summary>
/// <param name="Type">The CloudEvent's type.</param>
public sealed record TrustEvent(string Type)
{
    public Decision? Decision { get; init; }

    public Recall? Recall { get; init; }

    public TrustHeartbeat? Heartbeat { get; init; }
}
