using System.Collections.Concurrent;

namespace Assay.Kafka.Ingress;

/// <summary>Marks that live as long as the process, beside state that does too.</summary>
internal sealed class MemoryPartitionMarks : IPartitionMarks
{
    private readonly ConcurrentDictionary<(string, int), StoredMark> _marks = new();

    public Task<StoredMark?> Read(string topic, int partition) => Task.FromResult(_marks.GetValueOrDefault((topic, partition)));

    public Task<bool> Write(string topic, int partition, PartitionMark? known, PartitionMark mark, IReadOnlyList<string> sources)
    {
        lock (_marks)
        {
            var stored = _marks.GetValueOrDefault((topic, partition));
            if (known is { } expected && stored?.Mark.Precedes(expected) != false)
                return Task.FromResult(false);
            var higher = stored?.Mark.Then(mark) ?? mark;
            _marks[(topic, partition)] = new StoredMark(higher, [.. (stored?.Sources ?? []).Union(sources, StringComparer.Ordinal)], stored?.LossAccepted ?? 0);
            return Task.FromResult(true);
        }
    }
}
