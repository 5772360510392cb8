using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Kafka.Offsets;

namespace Assay.Kafka.Ingress;

/// <summary>One source of one partition at its owner: what waits for its grain, and how far the grain is. The loop's thread only.</summary>
internal sealed class Shard(SourceId id, ISourceGrain grain, double stagger)
{
    private readonly List<InputRecord> _queue = [];

    public string Source => id.Source;

    public ISourceGrain Grain => grain;

    /// <summary>Key of its verdict messages.</summary>
    public byte[] Key { get; } = System.Text.Encoding.UTF8.GetBytes(id.ToString());

    public ShardOffsets Offsets { get; } = new();

    /// <summary>A call of the grain is running: at most one.</summary>
    public bool Busy { get; set; }

    /// <summary>Batches applied whose outputs Kafka has not acknowledged.</summary>
    public int Unacknowledged { get; set; }

    /// <summary>Waits to be looked at by the sender.</summary>
    public bool Ready { get; set; }

    /// <summary>Holds back the next batch until the checkpoint is done.</summary>
    public bool CheckpointDue { get; set; }

    /// <summary>Waits in line for its checkpoint.</summary>
    public bool Awaits { get; set; }

    /// <summary>The durable state lay here at first contact: what it held already gets no verdicts.</summary>
    public long DurableLast { get; set; } = SourceBatch.FirstContact;

    /// <summary>When the oldest record without checkpoint was sent, in the loop's milliseconds.</summary>
    public long DirtySince { get; set; }

    /// <summary>Records and bytes sent since the last checkpoint.</summary>
    public int DirtyRecords { get; set; }

    /// <inheritdoc cref="DirtyRecords"/>
    public long DirtyBytes { get; set; }

    public bool Queued => _queue.Count > 0;

    /// <summary>Share of the interval after which it is due, 0.5 to 1: spreads the checkpoints of many shards.</summary>
    public double Stagger => stagger;

    public void Queue(in InputRecord record)
    {
        Offsets.Queue(record.Offset);
        _queue.Add(record);
    }

    /// <summary>Something waits below an offset.</summary>
    public bool QueuedBelow(long offset) => _queue.Count > 0 && _queue[0].Offset < offset;

    /// <summary>How many records wait below an offset.</summary>
    public int CountBelow(long offset)
    {
        if (_queue.Count == 0 || _queue[^1].Offset < offset)
            return _queue.Count;
        var count = 0;
        while (_queue[count].Offset < offset)
            count++;
        return count;
    }

    /// <summary>Takes the next batch from the queue, as far as it lies below an offset; <see cref="QueuedBelow"/> is true.</summary>
    public InputRecord[] Take(int maxRecords, int maxBytes, long below, out int bytes)
    {
        bytes = _queue[0].Size;
        var count = 1;
        for (; count < _queue.Count && count < maxRecords && _queue[count].Offset < below; count++)
        {
            var size = _queue[count].Size;
            if (bytes + size > maxBytes)
                break;
            bytes += size;
        }

        var batch = new InputRecord[count];
        _queue.CopyTo(0, batch, 0, count);
        _queue.RemoveRange(0, count);
        Offsets.Send(batch[0].Offset, batch[^1].Offset, _queue.Count > 0 ? _queue[0].Offset : ShardOffsets.None);
        return batch;
    }

    public void Durable()
    {
        Offsets.Durable();
        CheckpointDue = false;
        DirtyRecords = 0;
        DirtyBytes = 0;
    }

    /// <summary>Back to first contact. Calls that run go on, and are waited for.</summary>
    public void Reset()
    {
        _queue.Clear();
        Offsets.Reset();
        DurableLast = SourceBatch.FirstContact;
        Durable();
    }
}
