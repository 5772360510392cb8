using System.Globalization;

namespace Assay.Contracts.Trust;

/// <summary>
/// Says that a partition of the trust topic is complete up to an offset, so that a reader can tell "nothing happened" from "nothing arrives".
/// </summary>
/// <param name="Partition">Partition of the trust topic.</param>
/// <param name="Epoch">Counts the heartbeats of the partition; the highest counts.</param>
/// <param name="Offset">Every decision below this offset has been published.</param>
/// <param name="ValidUntil">After this instant, without a newer heartbeat, what is known of the partition is stale.</param>
[GenerateSerializer, Immutable, Alias("assay.trust-heartbeat")]
public sealed record TrustHeartbeat(
    [property: Id(0)] int Partition,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Offset,
    [property: Id(3)] DateTimeOffset ValidUntil)
{
    /// <summary>The message key: an array with a number in it, which is no <see cref="StandingKey"/>.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"[\"heartbeat\",{Partition}]");
}
