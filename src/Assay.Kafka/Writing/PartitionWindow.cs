namespace Assay.Kafka.Writing;

/// <summary>What has been produced to one partition and is not done yet. Offsets of one producer alone on the partition are consecutive.</summary>
internal sealed class PartitionWindow(long firstOffset, long maxBytes, int maxRecords)
{
    private readonly Queue<int> _sizes = new();
    private long _first = firstOffset;
    private long _bytes;
    private TaskCompletionSource? _room;

    /// <summary>Null when there is room; otherwise completes when there may be.</summary>
    public Task? TryTake(int size)
    {
        lock (_sizes)
        {
            // A record larger than the whole window goes alone.
            if (_sizes.Count == 0 || (_sizes.Count < maxRecords && _bytes + size <= maxBytes))
            {
                _sizes.Enqueue(size);
                _bytes += size;
                return null;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <param name="next">Everything below this offset is done.</param>
    public void Completed(long next)
    {
        TaskCompletionSource? room = null;
        lock (_sizes)
        {
            var before = _first;
            for (; _first < next && _sizes.TryDequeue(out var size); _first++)
                _bytes -= size;
            if (_first > before)
                (room, _room) = (_room, null);
        }

        room?.SetResult();
    }
}
