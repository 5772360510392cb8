using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Ports;

/// <summary>An observer that looks at nothing; override what is of interest.</summary>
public abstract class FlowObserver : IFlowObserver
{
    public virtual void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts)
    {
    }

    public virtual void Delivered(string topic, int partition, DateTimeOffset oldest, DateTimeOffset newest)
    {
    }

    public virtual void Checkpointed(string topic, int partition, TimeSpan took, bool saved)
    {
    }

    public virtual void Progress(string topic, int partition, long position, long committed, long end)
    {
    }

    public virtual void Member(bool joined)
    {
    }

    public virtual void Released(string topic, int partition)
    {
    }

    public virtual void TopicPaused(string topic, string rule, string message)
    {
    }

    public virtual void PartitionStopped(string topic, int partition, string reason, string message)
    {
    }

    public virtual void PartitionResumed(string topic, int partition)
    {
    }

    public virtual void Fault(string area, string message)
    {
    }

    public virtual void Recovered(string area)
    {
    }

    public virtual void Decided(Decision decision)
    {
    }

    public virtual void Recalled(Recall recall)
    {
    }

    public virtual void CohortContested(string dataset)
    {
    }

    public virtual void CohortSettled(string dataset)
    {
    }

    public virtual void InEffect(StandingKey key, long epoch, TimeSpan after)
    {
    }
}
