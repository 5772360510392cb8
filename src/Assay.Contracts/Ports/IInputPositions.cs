namespace Assay.Contracts.Ports;

/// <summary>How far this process has read the inputs.</summary>
public interface IInputPositions
{
    /// <summary>
    /// The partitions that this process owns and reads, each with an offset that lies above every record that it has taken or whose verdict stands: what
    /// follows is judged after this call.
    /// </summary>
    /// <exception cref="TimeoutException">The reader does not answer.</exception>
    Task<InputPositions> Positions();
}

/// <param name="Partitions">Partitions of each input topic.</param>
/// <param name="Owned">In no particular order.</param>
[GenerateSerializer, Immutable, Alias("assay.input-positions")]
public sealed record InputPositions(
    [property: Id(0)] Dictionary<string, int> Partitions, [property: Id(1)] InputPosition[] Owned)
{
    public static InputPositions None { get; } = new([], []);
}

/// <param name="Offset">Next to be read.</param>
[GenerateSerializer, Immutable, Alias("assay.input-position")]
public readonly record struct InputPosition(
    [property: Id(0)] string Topic, [property: Id(1)] int Partition, [property: Id(2)] long Offset);
