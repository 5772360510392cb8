using Assay.Contracts.Ports;

namespace Assay.Kafka.Egress;

/// <summary>
/// Says once that messages fail, and once that none fails any more: when one has passed and all that failed have passed or were given up by
/// their callers. Safe for several threads.
/// </summary>
internal sealed class FaultCount(IFlowObserver observer, string area)
{
    private readonly Lock _lock = new();
    private int _failing;
    private bool _faulty;

    /// <summary>A message fails, for the first time.</summary>
    /// <returns>True where it is the first of all.</returns>
    public bool Failing(string message)
    {
        lock (_lock)
        {
            _failing++;
            if (_faulty)
                return false;
            _faulty = true;
            observer.Fault(area, message);
            return true;
        }
    }

    /// <summary>A message that failed is no longer waited for.</summary>
    public void GivenUp()
    {
        lock (_lock)
            _failing--;
    }

    /// <summary>A message has passed.</summary>
    /// <param name="failed">It had failed before.</param>
    public void Passed(bool failed)
    {
        lock (_lock)
        {
            if (failed)
                _failing--;
            if (!_faulty || _failing > 0)
                return;
            _faulty = false;
            observer.Recovered(area);
        }
    }
}
