namespace Assay.Kafka.Ingress;

/// <summary>Why a partition is not read until a person has acted.</summary>
internal static class StopReason
{
    /// <summary>Retention has deleted records before they were judged.</summary>
    public const string Retention = "retention";

    /// <summary>The verdict topic has too few partitions.</summary>
    public const string Verdicts = "verdicts";

    /// <summary>What was judged lies beyond the end of the partition.</summary>
    public const string Offsets = "offsets";

    /// <summary>The state store has lost what belongs to the committed offset.</summary>
    public const string State = "state";
}
