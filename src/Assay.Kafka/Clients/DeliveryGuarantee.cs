namespace Assay.Kafka.Clients;

/// <summary>What a crash may do to the outputs of a record.</summary>
public enum DeliveryGuarantee
{
    /// <summary>None is missing; some may come twice, always with the same verdict.</summary>
    AtLeastOnce,

    /// <summary>A reader that takes only what is committed sees each once: outputs and input offsets share a transaction.</summary>
    ExactlyOnce,
}
