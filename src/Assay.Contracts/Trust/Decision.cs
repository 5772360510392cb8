using System.Text.Json.Serialization;

namespace Assay.Contracts.Trust;

/// <summary>A change of one identity's standing, as published on the trust topic: key <see cref="Key"/>, the highest epoch counts.</summary>
[GenerateSerializer, Immutable, Alias("assay.decision")]
public sealed record Decision
{
    [Id(0)] public required string Identity { get; init; }

    /// <summary>The one source the decision holds for, where the identity is self-asserted; null where it holds everywhere.</summary>
    [Id(1)] public string? Source { get; init; }

    [Id(2)] public required Standing Standing { get; init; }

    /// <summary>Counts the decisions about this key from 1; a reader keeps the highest it has seen.</summary>
    [Id(3)] public required long Epoch { get; init; }

    /// <summary>Id of the record that led to the decision; null where a person decided.</summary>
    [Id(4)] public string? At { get; init; }

    /// <summary>Id of the record at which the change is dated; null where there is none to date.</summary>
    [Id(5)] public string? Onset { get; init; }

    /// <summary>Id of the detector or rule whose evidence decided; null where a person decided.</summary>
    [Id(6)] public string? Detector { get; init; }

    /// <summary>What the evidence is about: the slice, token, cluster, target or rule.</summary>
    [Id(7)] public string? Subject { get; init; }

    /// <summary>A sentence with counts, for a person.</summary>
    [Id(8)] public required string Reason { get; init; }

    [Id(9)] public required DecisionEvidence Evidence { get; init; }

    /// <summary>Identifiers of the entries of ATLAS, OWASP and NIST that describe the event, e.g. <c>AML.T0020</c>.</summary>
    [Id(10)] public string[] Frameworks { get; init; } = [];

    /// <summary>Evidence that a shard gathered before it applied a decision of this epoch is void; at most <see cref="Epoch"/>, 0 for none.</summary>
    [Id(11)] public long EvidenceEpoch { get; init; }

    public StandingKey Key => new(Identity, Source);
}

/// <summary>How much evidence stands against an identity, and how much would quarantine it.</summary>
/// <param name="M">The e-detector's value, 0 or more, finite.</param>
/// <param name="A">The threshold: clean records per false quarantine.</param>
[GenerateSerializer, Immutable, Alias("assay.decision-evidence")]
public readonly record struct DecisionEvidence(
    [property: Id(0), JsonPropertyName("M")] double M,
    [property: Id(1), JsonPropertyName("A")] double A);
