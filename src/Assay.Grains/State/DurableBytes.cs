namespace Assay.Grains.State;

/// <summary>What storage keeps of an identity or a cohort: bytes of <see cref="StateFrame"/>, empty before the first write.</summary>
[GenerateSerializer, Alias("assay.durable-bytes")]
public sealed class DurableBytes
{
    [Id(0)] public byte[] Data { get; set; } = [];
}
