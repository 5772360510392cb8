using Assay.Grains.Sources;
using Orleans.Storage;

namespace Assay.Host.Hosting;

/// <summary>Every grain storage by its name and how its states become bytes, whatever keeps them.</summary>
internal static class GrainStores
{
    public static IReadOnlyDictionary<string, IGrainStorageSerializer> All { get; } = new Dictionary<string, IGrainStorageSerializer>(StringComparer.Ordinal)
    {
        [SourceGrain.Storage] = new SourceSnapshotSerializer(),
    };
}
