using System.Collections.Concurrent;
using Assay.Kafka.Ingress;

namespace Assay.Kafka.Tests.Support;

/// <summary>A store of marks that can be away, be emptied, and remembers what was asked of it.</summary>
internal sealed class FaultyMarks : IPartitionMarks
{
    private volatile MemoryPartitionMarks _marks = new();
    private volatile bool _away;

    /// <summary>Marks written, in order.</summary>
    public ConcurrentQueue<PartitionMark> Written { get; } = new();

    public bool Away
    {
        get => _away;
        set => _away = value;
    }

    /// <summary>Losses below this offset are accepted, as <c>assay accept-loss</c> notes it.</summary>
    public long LossAccepted { get; set; }

    /// <summary>Told of every mark that is to be written.</summary>
    public Action<PartitionMark>? Writing { get; set; }

    public void Empty() => _marks = new MemoryPartitionMarks();

    public async Task<StoredMark?> Read(string topic, int partition)
    {
        if (_away)
            throw new IOException("the store is away");
        return await _marks.Read(topic, partition) is { } stored ? stored with { LossAccepted = LossAccepted } : null;
    }

    public async Task<bool> Write(string topic, int partition, PartitionMark? known, PartitionMark mark, IReadOnlyList<string> sources)
    {
        if (_away)
            throw new IOException("the store is away");
        Writing?.Invoke(mark);
        var written = await _marks.Write(topic, partition, known, mark, sources);
        if (written)
            Written.Enqueue(mark);
        return written;
    }
}
