using System.Globalization;
using Assay.Contracts.Ports;

namespace Assay.Host.Standings;

/// <summary>
/// Says that messages of a trust topic are refused: the first, and then each time that their number has doubled, so that whoever floods the topic does
/// not flood the log. One thread.
/// </summary>
/// <param name="area">Of the fault that the observer is told.</param>
internal sealed class RefusedMessages(IFlowObserver observer, string area)
{
    public long Count { get; private set; }

    public void Add(string topic, int partition, long offset, string reason)
    {
        Count++;
        if (!long.IsPow2(Count))
            return;
        observer.Fault(area, string.Create(CultureInfo.InvariantCulture,
            $"{topic}/{partition} offset {offset} is refused and changes nothing: {reason}. {Count} refused since the start. Find out who else writes to this topic."));
    }
}
