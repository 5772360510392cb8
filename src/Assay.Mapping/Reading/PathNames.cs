using System.IO.Hashing;
using System.Text;

namespace Assay.Mapping.Reading;

/// <summary>A value's place under a wildcard, with the name it has in each map.</summary>
/// <param name="Index">Number of the dotted path, or −1 for one beyond the bound. Paths that look alike when dotted share it.</param>
/// <param name="Path">The steps, each ended by <see cref="PathNames.Separator"/> but for the last.</param>
internal sealed record PathName(int Index, byte[] Path, string Dotted, string Feature, string Attribute, string Provenance);

/// <summary>
/// The paths that wildcards have found in a topic, kept once for all its readers. Append only, bounded; reading takes no lock.
/// </summary>
internal sealed class PathNames
{
    /// <summary>Distinct paths kept; later ones are made anew each time.</summary>
    public const int Capacity = 4096;

    /// <summary>Never part of UTF-8, so that <c>{"a.b": 1}</c> and <c>{"a": {"b": 1}}</c> are told apart.</summary>
    public const byte Separator = 0xff;

    private readonly Dictionary<string, int> _indexes = [];
    private readonly Lock _gate = new();
    private PathName?[] _table = new PathName?[64];
    private int _count;

    public PathName Get(ReadOnlySpan<byte> path, in Wildcards wild)
    {
        var hash = (int)XxHash3.HashToUInt64(path);
        return Find(Volatile.Read(ref _table), hash, path) ?? Add(hash, path, wild);
    }

    private static PathName? Find(PathName?[] table, int hash, ReadOnlySpan<byte> path)
    {
        for (var slot = hash & (table.Length - 1); ; slot = (slot + 1) & (table.Length - 1))
        {
            var entry = Volatile.Read(ref table[slot]);
            if (entry is null || path.SequenceEqual(entry.Path))
                return entry;
        }
    }

    private PathName Add(int hash, ReadOnlySpan<byte> path, in Wildcards wild)
    {
        lock (_gate)
        {
            if (Find(_table, hash, path) is { } known)
                return known;
            var dotted = Tail(path, 0);
            var index = -1;
            var keep = _count < Capacity;
            if (keep && !_indexes.TryGetValue(dotted, out index))
                _indexes[dotted] = index = _indexes.Count;
            var entry = new PathName(
                index, path.ToArray(), dotted, Tail(path, wild.Feature), Tail(path, wild.Attribute), Tail(path, wild.Provenance));
            if (!keep)
                return entry;
            _count++;
            if (_count * 2 > _table.Length)
                Grow();
            Insert(_table, hash, entry);
            return entry;
        }
    }

    private void Grow()
    {
        var larger = new PathName?[_table.Length * 2];
        foreach (var entry in _table)
        {
            if (entry is not null)
                Insert(larger, (int)XxHash3.HashToUInt64(entry.Path), entry);
        }

        Volatile.Write(ref _table, larger);
    }

    private static void Insert(PathName?[] table, int hash, PathName entry)
    {
        var slot = hash & (table.Length - 1);
        while (table[slot] is not null)
            slot = (slot + 1) & (table.Length - 1);
        Volatile.Write(ref table[slot], entry);
    }

    private static string Tail(ReadOnlySpan<byte> path, int start)
    {
        if (start < 0 || start > path.Length)
            return "";
        var bytes = path[start..].ToArray();
        bytes.AsSpan().Replace(Separator, (byte)'.');
        return Encoding.UTF8.GetString(bytes);
    }
}
