using Assay.Kafka.Offsets;

namespace Assay.Kafka.Tests.Offsets;

public class OffsetsTests
{
    [Fact]
    public void Advance_WithAnIdleShard_IsNotHeldBack()
    {
        var (offsets, shards) = Partition("a", "b");
        Read(offsets, shards["a"], 0);
        Read(offsets, shards["b"], 1);
        shards["a"].Send(0, 0, ShardOffsets.None);
        shards["a"].Durable();
        Assert.Equal(1, offsets.Advance(shards, s => s));
        shards["b"].Send(1, 1, ShardOffsets.None);
        Assert.Equal(1, offsets.Advance(shards, s => s));
        shards["b"].Durable();
        Assert.Equal(2, offsets.Advance(shards, s => s));
    }

    [Fact]
    public void Advance_WhenNothingIsNew_CommitsNothing()
    {
        var (offsets, shards) = Partition("a");
        Read(offsets, shards["a"], 0);
        shards["a"].Send(0, 0, ShardOffsets.None);
        shards["a"].Durable();
        offsets.Commit(offsets.Advance(shards, s => s));
        Assert.Equal(-1, offsets.Advance(shards, s => s));
        Assert.Equal(1, offsets.Committed);
    }

    [Fact]
    public void Advance_WhileStateIsRebuilt_CommitsNothingBelowTheCommittedOffset()
    {
        var offsets = new PartitionOffsets(10, 50);
        var shards = new Dictionary<string, ShardOffsets>(StringComparer.Ordinal);
        for (var offset = 10; offset < 50; offset++)
        {
            Assert.True(offsets.Read(offset));
            Assert.Equal(-1, offsets.Advance(shards, s => s));
            Assert.Equal(offset + 1, offsets.Safe);
        }

        Assert.True(offsets.Read(50));
        Assert.Equal(51, offsets.Advance(shards, s => s));
    }

    [Fact]
    public void Read_OfAnOffsetTakenBefore_IsRefusedUntilTheRewind()
    {
        var offsets = new PartitionOffsets(5, -1);
        Assert.True(offsets.Read(7));
        Assert.False(offsets.Read(7));
        Assert.False(offsets.Read(6));
        offsets.Rewind();
        Assert.True(offsets.Read(6));
    }

    [Fact]
    public void Queue_OfAnOffsetThatDoesNotRise_Throws()
    {
        var shard = new ShardOffsets();
        shard.Queue(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => shard.Queue(3));
        shard.Send(3, 3, ShardOffsets.None);
        Assert.Throws<ArgumentOutOfRangeException>(() => shard.Queue(2));
    }

    [Fact]
    public void Send_OfSomethingElseThanTheFirstQueued_Throws()
    {
        var shard = new ShardOffsets();
        Assert.Throws<InvalidOperationException>(() => shard.Send(1, 1, ShardOffsets.None));
        shard.Queue(3);
        shard.Queue(9);
        Assert.Throws<InvalidOperationException>(() => shard.Send(9, 9, ShardOffsets.None));
        Assert.Throws<InvalidOperationException>(() => shard.Send(3, 9, 9));
        shard.Send(3, 3, 9);
        Assert.Equal(3, shard.FirstPending);
        shard.Durable();
        Assert.Equal(9, shard.FirstPending);
    }

    /// <summary>Random reads, sends, checkpoints and rewinds against a model that keeps each record's own fate.</summary>
    [Fact]
    public void Advance_UnderRandomWork_EqualsTheFirstRecordThatIsNotDurable()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var start = random.Next(3);
            var offsets = new PartitionOffsets(start, random.Next(2) == 0 ? -1 : start + random.Next(40));
            var shards = Enumerable.Range(0, 1 + random.Next(5)).ToDictionary(i => $"s{i}", _ => new ShardOffsets(), StringComparer.Ordinal);
            var model = new Model(start);
            var last = -1L;
            for (var step = 0; step < 200; step++)
            {
                var name = $"s{random.Next(shards.Count)}";
                var shard = shards[name];
                switch (random.Next(10))
                {
                    case < 5:
                        var next = offsets.Position + (random.Next(4) == 0 ? random.Next(3) : 0);
                        Read(offsets, shard, next);
                        model.Read(next, name);
                        break;
                    case < 7 when model.Queued(name) is { Count: > 0 } queued:
                        var count = 1 + random.Next(queued.Count);
                        shard.Send(queued[0], queued[count - 1], count < queued.Count ? queued[count] : ShardOffsets.None);
                        model.Send(queued.Take(count));
                        break;
                    case 7:
                        shard.Durable();
                        model.Durable(name);
                        break;
                    case 8 when random.Next(8) == 0:
                        foreach (var other in shards.Values)
                            other.Reset();
                        offsets.Rewind();
                        model.Rewind(offsets.Safe);
                        break;
                }

                var commit = offsets.Advance(shards, s => s);
                Assert.Equal(model.Watermark(), offsets.Safe);
                Assert.True(commit == -1 || commit == offsets.Safe);
                Assert.True(offsets.Safe >= last, "never falls");
                last = offsets.Safe;
                if (commit >= 0)
                    offsets.Commit(commit);
            }
        }
    }

    private static (PartitionOffsets Offsets, Dictionary<string, ShardOffsets> Shards) Partition(params string[] names) =>
        (new PartitionOffsets(0, -1), names.ToDictionary(n => n, _ => new ShardOffsets(), StringComparer.Ordinal));

    private static void Read(PartitionOffsets offsets, ShardOffsets shard, long offset)
    {
        Assert.True(offsets.Read(offset));
        shard.Queue(offset);
    }

    private sealed class Model(long start)
    {
        private enum Fate
        {
            Queued,
            Sent,
            Durable,
        }

        private readonly SortedDictionary<long, (string Shard, Fate Fate)> _records = [];
        private long _position = start;

        public void Read(long offset, string shard)
        {
            _records[offset] = (shard, Fate.Queued);
            _position = offset + 1;
        }

        public List<long> Queued(string shard) => [.. _records.Where(r => r.Value == (shard, Fate.Queued)).Select(r => r.Key)];

        public void Send(IEnumerable<long> offsets)
        {
            foreach (var offset in offsets.ToList())
                _records[offset] = (_records[offset].Shard, Fate.Sent);
        }

        public void Durable(string shard)
        {
            foreach (var offset in _records.Where(r => r.Value == (shard, Fate.Sent)).Select(r => r.Key).ToList())
                _records[offset] = (shard, Fate.Durable);
        }

        public void Rewind(long to)
        {
            foreach (var offset in _records.Keys.Where(o => o >= to).ToList())
                _records.Remove(offset);
            _position = to;
        }

        public long Watermark() => _records.Where(r => r.Value.Fate != Fate.Durable).Select(r => r.Key).FirstOrDefault(_position);
    }
}
