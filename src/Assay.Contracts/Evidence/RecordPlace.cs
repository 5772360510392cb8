namespace Assay.Contracts.Evidence;

/// <summary>A record by its id and its place on Kafka.</summary>
/// <param name="Id">The record's own id, or its position where the id is not known any more.</param>
[GenerateSerializer, Immutable, Alias("assay.record-place")]
public readonly record struct RecordPlace(
    [property: Id(0)] string Id,
    [property: Id(1)] string Topic,
    [property: Id(2)] int Partition,
    [property: Id(3)] long Offset);
