using Assay.Kafka.Ingress;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Ingress;

public sealed class TransactionFaultsTests
{
    private readonly FlowLog _log = new();
    private readonly TransactionFaults _faults;

    public TransactionFaultsTests() => _faults = new TransactionFaults(_log, "assay");

    [Fact]
    public void Broken_ByWhatARebalanceCosts_IsNoFaultUnlessItGoesOn()
    {
        for (var n = 0; n < 3; n++)
            _faults.Broken(new Error(ErrorCode.IllegalGeneration));
        Assert.Empty(_log.Events);
        _faults.Broken(new Error(ErrorCode.IllegalGeneration));
        Assert.StartsWith("fault:outputs:", Assert.Single(_log.Events), StringComparison.Ordinal);
        _faults.Working();
        Assert.Equal("recovered:outputs:", _log.Events[^1]);
    }

    [Fact]
    public void Broken_LookedAtAgain_CountsOnce()
    {
        var error = new Error(ErrorCode.MsgSizeTooLarge);
        for (var n = 0; n < 10; n++)
            _faults.Broken(error);
        Assert.Empty(_log.Events);
    }

    [Fact]
    public void Broken_ByAnythingElse_IsSaidAtOnceAndOnce()
    {
        _faults.Broken(new Error(ErrorCode.Local_MsgTimedOut));
        _faults.Broken(new Error(ErrorCode.Local_MsgTimedOut));
        Assert.Single(_log.Events);
    }

    [Fact]
    public void Failing_WhereTheIdIsNotAllowed_NamesThePrefixToAllow()
    {
        _faults.Failing(new Error(ErrorCode.TransactionalIdAuthorizationFailed));
        Assert.Contains("'assay-'", Assert.Single(_log.Events), StringComparison.Ordinal);
    }
}
