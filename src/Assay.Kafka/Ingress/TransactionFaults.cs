using Assay.Contracts.Ports;
using Confluent.Kafka;

namespace Assay.Kafka.Ingress;

/// <summary>Which failures of transactions a person is told of. One thread.</summary>
internal sealed class TransactionFaults(IFlowObserver observer, string group)
{
    /// <summary>A refused message is found and made smaller within so many transactions.</summary>
    private const int Usual = 4;

    private readonly FaultGate _gate = new(observer, "outputs");
    private Error? _last;
    private int _inARow;

    /// <summary>A transaction is lost. Those that a rebalance or a refused message costs are everyday life, unless they go on.</summary>
    public void Broken(Error error)
    {
        if (ReferenceEquals(error, _last))
            return;
        _last = error;
        if (++_inARow >= Usual || !Everyday(error.Code))
            Failing(error);
    }

    /// <summary>None can be begun.</summary>
    /// <returns>True the first time.</returns>
    public bool Failing(Error error) => _gate.Failing(error.Code == ErrorCode.TransactionalIdAuthorizationFailed
        ? $"Kafka does not allow transactions: {error.Reason}. Allow the user Write and Describe on transactional ids that begin with '{group}-' (docs/permissions.md)."
        : $"Kafka does not take outputs, they are judged and produced again until it does: {error.Reason}");

    /// <summary>A transaction is committed.</summary>
    public void Working()
    {
        _inARow = 0;
        _gate.Working();
    }

    private static bool Everyday(ErrorCode code) => code is ErrorCode.RebalanceInProgress or ErrorCode.IllegalGeneration or ErrorCode.UnknownMemberId
        or ErrorCode.FencedInstanceId or ErrorCode.Local_Fenced or ErrorCode.InvalidProducerEpoch or ErrorCode.ProducerFenced
        or ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge or ErrorCode.InvalidTimestamp or ErrorCode.InvalidRecord or ErrorCode.Local_Destroy;
}
