namespace Assay.Grains.Sources;

/// <summary>What storage keeps of a shard: the bytes of <see cref="SourceStateFormat"/>, empty before the first checkpoint.</summary>
[GenerateSerializer, Alias("assay.source-snapshot")]
public sealed class SourceSnapshot
{
    [Id(0)] public byte[] Data { get; set; } = [];
}
