using Assay.Contracts.Records;
using Confluent.Kafka;

namespace Assay.Kafka.Egress;

/// <summary>
/// Messages that Kafka has refused within a transaction that could not be committed for it: what must be smaller when they come again, and whether it is
/// known yet which of a request was at fault. Kept until their records are committed. Safe for several threads.
/// </summary>
internal sealed class Refusals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TopicPartition, long> _last = [];
    private readonly Dictionary<(TopicPartition Input, long Offset, OutputKind Origin), Smaller> _smaller = [];
    private volatile bool _any;

    /// <summary>Something was refused that is not committed: each message goes in a request of its own, so that the broker refuses no other with it.</summary>
    public bool Any => _any;

    /// <summary>The message, or another one of its request, was refused.</summary>
    public void Suspect(Delivery delivery)
    {
        var (input, offset) = Place(delivery);
        lock (_lock)
        {
            _last[input] = Math.Max(offset, _last.GetValueOrDefault(input, -1));
            _any = true;
        }
    }

    /// <summary>The message was refused alone, and has its next smaller form.</summary>
    public void Reduced(Delivery delivery)
    {
        Suspect(delivery);
        var (input, offset) = Place(delivery);
        lock (_lock)
            _smaller[(input, offset, delivery.Origin)] = new Smaller(delivery.Kind, delivery.Cut, delivery.Failure);
    }

    /// <summary>Gives a message that comes again the form that is known to be needed.</summary>
    public void Apply(Delivery delivery)
    {
        if (!_any)
            return;
        var (input, offset) = Place(delivery);
        lock (_lock)
        {
            if (_smaller.TryGetValue((input, offset, delivery.Origin), out var form))
                (delivery.Kind, delivery.Cut, delivery.Failure) = (form.Kind, form.Cut, form.Failure);
        }
    }

    /// <summary>Everything below the offset is committed.</summary>
    public void Committed(TopicPartition input, long offset)
    {
        if (!_any)
            return;
        lock (_lock)
        {
            foreach (var key in _smaller.Keys)
            {
                if (key.Input == input && key.Offset < offset)
                    _smaller.Remove(key);
            }

            if (_last.TryGetValue(input, out var last) && last < offset)
                _last.Remove(input);
            _any = _last.Count > 0;
        }
    }

    /// <summary>The partition is somebody else's.</summary>
    public void Forget(TopicPartition input) => Committed(input, long.MaxValue);

    private static (TopicPartition Input, long Offset) Place(Delivery delivery) =>
        (delivery.Batch.Route.Input, delivery.Batch.Verdicts[delivery.Index].Offset);

    private readonly record struct Smaller(OutputKind Kind, OutputCut Cut, ReadFailure? Failure);
}
