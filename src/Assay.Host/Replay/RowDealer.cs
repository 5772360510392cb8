using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Assay.Host.Replay;

/// <summary>
/// Deals rows to sources and identities by a seeded hash of the record's own id, or of its ordinal where it has none. The same id always
/// goes to the same source, so that a duplicate meets its original.
/// </summary>
/// <param name="sources">Number of sources, or null where the profile names them.</param>
/// <param name="identities">Number of identities, or null where the profile names them or each source is one identity.</param>
public sealed class RowDealer(ulong seed, int? sources, int? identities)
{
    private readonly string[] _sources = Names("source", sources);
    private readonly string[] _identities = Names("identity", identities);
    private readonly byte[] _key = new byte[512];

    /// <summary>The dealt source, or null where the profile names sources.</summary>
    public string? Source(string? id, long ordinal) => Pick(_sources, id, ordinal, 1);

    /// <summary>The dealt identity, or null where it is not dealt.</summary>
    public string? Identity(string? id, long ordinal) => Pick(_identities, id, ordinal, 2);

    /// <summary>A partition for a source: the same for all its records.</summary>
    /// <param name="key">The source in UTF-8.</param>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (int)(XxHash3.HashToUInt64(key) % (ulong)partitions);

    private static string[] Names(string prefix, int? count) =>
        [.. Enumerable.Range(0, count ?? 0).Select(i => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}"))];

    private string? Pick(string[] names, string? id, long ordinal, byte stream)
    {
        if (names.Length == 0)
            return null;
        var length = Key(id, ordinal);
        return names[(int)(XxHash3.HashToUInt64(_key.AsSpan(0, length), unchecked((long)(seed ^ ((ulong)stream << 56)))) % (ulong)names.Length)];
    }

    private int Key(string? id, long ordinal)
    {
        // Ids longer than the buffer are cut: rows that agree that far go together, which is harmless.
        if (id is not null && Encoding.UTF8.TryGetBytes(id.AsSpan(0, Math.Min(id.Length, 128)), _key, out var length))
            return length;
        BinaryPrimitives.WriteInt64LittleEndian(_key, ordinal);
        return sizeof(long);
    }
}
