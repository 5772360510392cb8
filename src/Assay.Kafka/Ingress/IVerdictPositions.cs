namespace Assay.Kafka.Ingress;

/// <summary>Where a new owner starts to read its partition of the verdict topic, so that it knows every verdict at or above the committed offset.</summary>
public interface IVerdictPositions
{
    /// <returns>An offset of the verdict topic at or below the first verdict that matters; null = from the oldest kept.</returns>
    ValueTask<long?> Get(string topic, int partition);
}

/// <summary>Reads from the oldest verdict kept: right with state in memory, which is rebuilt from the oldest record anyway.</summary>
internal sealed class WholeVerdictTopic : IVerdictPositions
{
    public ValueTask<long?> Get(string topic, int partition) => new((long?)null);
}
