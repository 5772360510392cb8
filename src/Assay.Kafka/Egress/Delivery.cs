using Confluent.Kafka;

namespace Assay.Kafka.Egress;

internal enum OutputKind : byte
{
    Verdict,
    Admitted,
    Held,
    DeadLetter,
}

/// <summary>How much of a record an output still carries.</summary>
internal enum OutputCut : byte
{
    Whole,

    /// <summary>The first bytes of the value, and no timestamp, which a broker may refuse too; a verdict without its reasons.</summary>
    Value,

    /// <summary>No value, no key, no headers of the record.</summary>
    Everything,
}

/// <summary>One message that is not acknowledged yet. Pooled, with its handler, so that a message costs no closure.</summary>
internal sealed class Delivery
{
    public Delivery(Action<Delivery, Error, long> reported) => Handler = report => reported(this, report.Error, report.Offset.Value);

    public Action<DeliveryReport<byte[]?, byte[]?>> Handler { get; }

    public OutputBatch Batch { get; set; } = null!;

    /// <summary>Which verdict of the batch.</summary>
    public int Index { get; set; }

    public OutputKind Kind { get; set; }

    /// <summary>What it was before Kafka refused it.</summary>
    public OutputKind Origin { get; set; }

    public OutputCut Cut { get; set; }

    /// <summary>Goes by the producer that sends one message a request.</summary>
    public bool Alone { get; set; }

    /// <summary>Why a copy became a dead letter on its way out; null where the grain said so.</summary>
    public Contracts.Records.ReadFailure? Failure { get; set; }

    public int Bytes { get; set; }

    /// <summary>Has failed and is produced again.</summary>
    public bool Failing { get; set; }

    /// <summary>Handed to a producer and not reported.</summary>
    public bool Pending { get; set; }
}
