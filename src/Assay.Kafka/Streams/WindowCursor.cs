using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>
/// Where one subscriber stands. Orleans delivers <see cref="GetCurrent"/> and asks for the next event when it is done with it, one way or the other;
/// when it stops asking, as a silo that shuts down does, the event stays unfinished.
/// </summary>
/// <param name="next">Number of the first event to hand out.</param>
internal sealed class WindowCursor(QueueWindow window, long next) : IQueueCacheCursor
{
    private long _next = next;
    private bool _held;
    private bool _refused;
    private bool _failing;
    private Guid? _subscription;

    /// <summary>Number of the first event that the subscriber has not finished.</summary>
    public long Unfinished => _held ? _next - 1 : _next;

    public bool MoveNext()
    {
        Finish();
        if (_failing && window.Excess(_next) is var excess and > 0)
        {
            window.GiveUp(_subscription, _next, _next + excess - 1);
            _next += excess;
        }

        if (_next == window.End)
            return false;
        _next++;
        return _held = true;
    }

    public IBatchContainer? GetCurrent(out Exception? exception)
    {
        exception = null;
        return _held ? window[_next - 1] : null;
    }

    public void RecordDeliveryFailure() => _refused = true;

    public bool Refuses(Guid subscription, long offset) =>
        _refused && _held && window[_next - 1].Offset == offset && (_subscription ?? subscription) == subscription;

    public void Identify(Guid subscription) => _subscription = subscription;

    public void Refresh(StreamSequenceToken token)
    {
    }

    public void Dispose() => window.Remove(this);

    private void Finish()
    {
        if (!_held)
            return;
        var (refused, failing) = (_refused, _failing);
        (_held, _refused, _failing) = (false, false, refused);
        if (refused)
            window.GiveUp(_subscription, _next - 1, _next - 1);
        else if (failing)
            window.Recovered(_subscription);
    }
}
