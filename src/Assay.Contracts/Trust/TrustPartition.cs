using System.Buffers.Binary;
using System.Text;

namespace Assay.Contracts.Trust;

/// <summary>
/// In which partition of a trust topic the messages of a key lie: Kafka's own rule for keys (murmur2 of the key's UTF-8, sign bit cleared, modulo
/// the number of partitions, as Java's DefaultPartitioner and librdkafka's <c>murmur2</c> have it), so that any client can find them.
/// </summary>
public static class TrustPartition
{
    private const uint Seed = 0x9747b28c;
    private const uint M = 0x5bd1e995;

    /// <param name="partitions">Partitions of the topic, 1 or more.</param>
    /// <returns>0 to <paramref name="partitions"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no partitions.</exception>
    public static int Of(StandingKey key, int partitions) => Of(Encoding.UTF8.GetBytes(key.ToString()), partitions);

    /// <inheritdoc cref="Of(StandingKey, int)"/>
    /// <param name="key">The message's key.</param>
    public static int Of(ReadOnlySpan<byte> key, int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        return (int)(Murmur2(key) & 0x7fffffff) % partitions;
    }

    /// <summary>MurmurHash2 with Kafka's seed (Austin Appleby, public domain).</summary>
    private static uint Murmur2(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var h = Seed ^ (uint)data.Length;
            while (data.Length >= 4)
            {
                var k = BinaryPrimitives.ReadUInt32LittleEndian(data) * M;
                k ^= k >> 24;
                h = (h * M) ^ (k * M);
                data = data[4..];
            }

            for (var i = data.Length - 1; i >= 0; i--)
                h ^= (uint)data[i] << (8 * i);
            if (data.Length > 0)
                h *= M;
            h = (h ^ (h >> 13)) * M;
            return h ^ (h >> 15);
        }
    }
}
