using Assay.Contracts.Trust;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Grains.Sources;
using Assay.Grains.State;
using Assay.Kafka.Streams;
using Orleans.Storage;

namespace Assay.Host.Hosting;

/// <summary>Every grain storage by its name and how its states become bytes, whatever keeps them.</summary>
internal static class GrainStores
{
    public static IReadOnlyDictionary<string, IGrainStorageSerializer> All { get; } = new Dictionary<string, IGrainStorageSerializer>(StringComparer.Ordinal)
    {
        [SourceGrain.Storage] = new DurableBytesSerializer(),
        [IdentityGrain.Storage] = new DurableBytesSerializer(),
        [CohortGrain.Storage] = new DurableBytesSerializer(),
        [TrustStreams.Provider] = new CheckpointSerializer(),
    };
}
