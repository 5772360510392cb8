using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Grains.Sources;

/// <summary>What each identity wrote through one shard, bounded: at the cap the identity that wrote longest ago is forgotten.</summary>
public sealed class IdentityRecords(int capacity) : IStateSection
{
    private readonly Dictionary<string, LinkedListNode<IdentityRecord>> _byName = new(StringComparer.Ordinal);

    // Most recent writer first.
    private readonly LinkedList<IdentityRecord> _byAge = new();

    public int Count => _byName.Count;

    /// <summary>Identities forgotten at the cap since the shard began.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Most recent writer first.</summary>
    public IEnumerable<IdentityRecord> All => _byAge;

    public int StateVersion => 3;

    public IdentityRecord? Find(string identity) => _byName.TryGetValue(identity, out var node) ? node.Value : null;

    /// <summary>The record of an identity that writes now, begun where it is new.</summary>
    public IdentityRecord Touch(string identity, long offset)
    {
        if (!_byName.TryGetValue(identity, out var node))
            node = Insert(new IdentityRecord(identity, offset));
        else if (node != _byAge.First)
        {
            _byAge.Remove(node);
            _byAge.AddFirst(node);
        }

        return node.Value;
    }

    public void Write(StateWriter writer)
    {
        writer.Int64(Forgotten);
        writer.Varint((ulong)_byAge.Count);
        foreach (var record in _byAge)
            record.Write(writer);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version is not (1 or 2 or 3))
            throw new StateFormatException($"identity records of version {version}; this program knows versions 1 to 3");
        _byName.Clear();
        _byAge.Clear();
        Forgotten = reader.Int64();
        var count = reader.Length(IdentityRecord.MinimumBytes);
        for (var i = 0; i < count; i++)
        {
            var record = IdentityRecord.Read(ref reader, version);
            if (_byName.Count == capacity)
                Forgotten++;
            else if (!_byName.TryAdd(record.Identity, _byAge.AddLast(record)))
                throw new StateFormatException($"identity '{record.Identity}' stands twice in the state");
        }
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("identities", Count);
        json.WriteNumber("forgotten", Forgotten);
        json.WriteStartArray("most_recent");
        foreach (var record in _byAge.Take(20))
            record.Describe(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private LinkedListNode<IdentityRecord> Insert(IdentityRecord record)
    {
        if (_byName.Count >= capacity)
        {
            _byName.Remove(_byAge.Last!.Value.Identity);
            _byAge.RemoveLast();
            Forgotten++;
        }

        var node = _byAge.AddFirst(record);
        _byName.Add(record.Identity, node);
        return node;
    }
}
