using Assay.Contracts.Trust;
using Orleans.Metadata;
using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>Brings every partition's stream to one grain: <see cref="TrustStreams.OneGrain"/>.</summary>
internal sealed class OneGrainMapper : IStreamIdMapper
{
    private static readonly IdSpan Key = IdSpan.Create(TrustStreams.OneGrainKey);

    public IdSpan GetGrainKeyId(GrainBindings grainBindings, StreamId streamId) => Key;
}
