using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Live;

/// <summary>Passes everything on to several observers, in order.</summary>
public sealed class FlowObservers(params IFlowObserver[] observers) : IFlowObserver
{
    public void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts)
    {
        foreach (var observer in observers)
            observer.Judged(topic, partition, source, verdicts);
    }

    public void Delivered(string topic, int partition, DateTimeOffset oldest, DateTimeOffset newest)
    {
        foreach (var observer in observers)
            observer.Delivered(topic, partition, oldest, newest);
    }

    public void Checkpointed(string topic, int partition, TimeSpan took, bool saved)
    {
        foreach (var observer in observers)
            observer.Checkpointed(topic, partition, took, saved);
    }

    public void Progress(string topic, int partition, long position, long committed, long end)
    {
        foreach (var observer in observers)
            observer.Progress(topic, partition, position, committed, end);
    }

    public void Member(bool joined)
    {
        foreach (var observer in observers)
            observer.Member(joined);
    }

    public void Released(string topic, int partition)
    {
        foreach (var observer in observers)
            observer.Released(topic, partition);
    }

    public void TopicPaused(string topic, string rule, string message)
    {
        foreach (var observer in observers)
            observer.TopicPaused(topic, rule, message);
    }

    public void PartitionStopped(string topic, int partition, string reason, string message)
    {
        foreach (var observer in observers)
            observer.PartitionStopped(topic, partition, reason, message);
    }

    public void PartitionResumed(string topic, int partition)
    {
        foreach (var observer in observers)
            observer.PartitionResumed(topic, partition);
    }

    public void Fault(string area, string message)
    {
        foreach (var observer in observers)
            observer.Fault(area, message);
    }

    public void Recovered(string area)
    {
        foreach (var observer in observers)
            observer.Recovered(area);
    }

    public void Decided(Decision decision)
    {
        foreach (var observer in observers)
            observer.Decided(decision);
    }

    public void Recalled(Recall recall)
    {
        foreach (var observer in observers)
            observer.Recalled(recall);
    }

    public void CohortContested(string dataset)
    {
        foreach (var observer in observers)
            observer.CohortContested(dataset);
    }

    public void CohortSettled(string dataset)
    {
        foreach (var observer in observers)
            observer.CohortSettled(dataset);
    }

    public void InEffect(StandingKey key, long epoch, TimeSpan after)
    {
        foreach (var observer in observers)
            observer.InEffect(key, epoch, after);
    }
}
