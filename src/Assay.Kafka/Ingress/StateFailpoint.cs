namespace Assay.Kafka.Ingress;

/// <summary>The gap of <see cref="Failpoint.AfterPages"/>, for the store that keeps state elsewhere; null where no test asks for it.</summary>
public static class StateFailpoint
{
    public static Action? AfterPages { get; } = ProcessSwitches.Read(Environment.GetEnvironmentVariable).Passing is { } passing ? () => passing(Failpoint.AfterPages) : null;
}
