using System.Buffers.Binary;

namespace Assay.Kafka.Streams;

/// <summary>
/// Names subscriptions for people. An implicit subscription's id begins with the hash of the subscriber's grain type (little-endian); where the
/// cluster knows no such type the id itself has to do.
/// </summary>
internal sealed class SubscriberNames(IClusterManifestProvider manifests)
{
    public string Name(Guid? subscription)
    {
        if (subscription is not { } id)
            return "a subscriber";
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        var hash = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var types = manifests.Current.AllGrainManifests.SelectMany(m => m.Grains.Keys);
        return types.Where(t => t.GetUniformHashCode() == hash).Select(t => t.ToString()).FirstOrDefault() ?? $"subscription {id}";
    }
}
