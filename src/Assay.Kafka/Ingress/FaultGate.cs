using Assay.Contracts.Ports;

namespace Assay.Kafka.Ingress;

/// <summary>Says once that something fails, and once that it works again. One thread.</summary>
internal sealed class FaultGate(IFlowObserver observer, string area)
{
    private bool _failing;

    /// <returns>True the first time.</returns>
    public bool Failing(string message)
    {
        if (_failing)
            return false;
        _failing = true;
        observer.Fault(area, message);
        return true;
    }

    public void Working()
    {
        if (!_failing)
            return;
        _failing = false;
        observer.Recovered(area);
    }
}
