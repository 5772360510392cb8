using System.Text.Json;
using Assay.Contracts.Ports;

namespace Assay.Cluster.Tests;

/// <summary>A second reading of a <see cref="KnownLog"/>, by none of Assay's own code: which source each offset is of, counts and sums.</summary>
internal sealed class PlainFold
{
    private readonly Dictionary<(int Partition, string Source), Shard> _shards = [];

    public PlainFold(KnownLog log)
    {
        var next = new Dictionary<int, long>();
        foreach (var (partition, value) in log.Messages())
        {
            var offset = next[partition] = next.GetValueOrDefault(partition, -1) + 1;
            var (source, a) = Parse(value);
            if (!_shards.TryGetValue((partition, source), out var shard))
                _shards[(partition, source)] = shard = new Shard();
            shard.Offsets.Add(offset);
            if (a is not { } number)
                continue;
            shard.Numbers++;
            shard.Sum += number;
        }
    }

    public IReadOnlyDictionary<(int Partition, string Source), Shard> Shards => _shards;

    private static (string Source, double? A) Parse(byte[] value)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            var a = json.RootElement.GetProperty("a");
            return (json.RootElement.GetProperty("source").GetString()!, a.ValueKind == JsonValueKind.Number ? a.GetDouble() : null);
        }
        catch (JsonException)
        {
            return (IRecordRouter.Unrouted, null);
        }
    }

    internal sealed class Shard
    {
        public List<long> Offsets { get; } = [];

        public long Numbers { get; set; }

        public double Sum { get; set; }

        /// <summary>First offset above another; beyond the end for none.</summary>
        public long After(long offset)
        {
            var at = Offsets.BinarySearch(offset + 1);
            at = at < 0 ? ~at : at;
            return at < Offsets.Count ? Offsets[at] : long.MaxValue;
        }
    }
}
