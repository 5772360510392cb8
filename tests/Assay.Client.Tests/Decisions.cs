using Assay.Contracts.Trust;

namespace Assay.Client.Tests;

internal static class Decisions
{
    public static Decision Of(string identity, Standing standing, long epoch, string? source = null) => new()
    {
        Identity = identity,
        Source = source,
        Standing = standing,
        Epoch = epoch,
        Reason = "a test",
        Evidence = new DecisionEvidence(0, 200_000),
    };
}
