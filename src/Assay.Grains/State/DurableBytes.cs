namespace Assay.Grains.State;

/// <summary>What storage keeps of a grain: its state in a versioned binary format, empty before the first write.</summary>
[GenerateSerializer, Alias("assay.durable-bytes")]
public sealed class DurableBytes
{
    [Id(0)] public byte[] Data { get; set; } = [];
}
