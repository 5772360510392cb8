using Assay.Contracts.State;

namespace Assay.Detection.LabelSlices;

/// <summary>The slices of one writer by hash, in the order in which they came; a slice's index never changes.</summary>
internal sealed class SliceTable
{
    private ulong[] _hashes = new ulong[16];
    private SliceCell[] _cells = new SliceCell[16];
    private int[] _buckets = new int[32];

    public int Count { get; private set; }

    public ref SliceCell this[int index] => ref _cells[index];

    public ulong Hash(int index) => _hashes[index];

    /// <returns>The slice's index, −1 where it is unknown.</returns>
    public int Find(ulong hash)
    {
        var mask = _buckets.Length - 1;
        for (var b = Bucket(hash, mask); _buckets[b] != 0; b = (b + 1) & mask)
        {
            var index = _buckets[b] - 1;
            if (_hashes[index] == hash)
                return index;
        }

        return -1;
    }

    /// <summary>Adds a slice that is not there yet.</summary>
    public int Add(ulong hash, in SliceCell cell)
    {
        if (Count == _cells.Length)
        {
            Array.Resize(ref _hashes, Count * 2);
            Array.Resize(ref _cells, Count * 2);
            _buckets = new int[_cells.Length * 2];
            for (var i = 0; i < Count; i++)
                Place(_hashes[i], i);
        }

        _hashes[Count] = hash;
        _cells[Count] = cell;
        Place(hash, Count);
        return Count++;
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)Count);
        for (var i = 0; i < Count; i++)
        {
            ref var c = ref _cells[i];
            writer.UInt64(_hashes[i]);
            foreach (var x in (ReadOnlySpan<float>)[c.Odds, c.Precision, c.Negatives, c.Positives, c.Weight, c.Squares, c.Average])
                writer.Single(x);
            Write(writer, c.Missing);
            Write(writer, c.Appearing);
        }
    }

    public void Read(ref StateReader reader, int max)
    {
        var count = reader.Length(100);
        if (count > max)
            throw new StateFormatException($"{count} slices of a writer, at most {max} by the settings");
        for (var i = 0; i < count; i++)
        {
            var hash = reader.UInt64();
            var cell = new SliceCell
            {
                Odds = Positive(ref reader),
                Precision = Positive(ref reader),
                Negatives = reader.Single(),
                Positives = reader.Single(),
                Weight = reader.Single(),
                Squares = reader.Single(),
                Average = reader.Single(),
                Missing = ReadDirection(ref reader),
                Appearing = ReadDirection(ref reader),
            };
            if (Find(hash) >= 0)
                throw new StateFormatException($"slice {hash:x16} stands twice");
            Add(hash, cell);
        }
    }

    private static int Bucket(ulong hash, int mask) => (int)(hash >> 32) & mask;

    private void Place(ulong hash, int index)
    {
        var mask = _buckets.Length - 1;
        var b = Bucket(hash, mask);
        while (_buckets[b] != 0)
            b = (b + 1) & mask;
        _buckets[b] = index + 1;
    }

    private static void Write(StateWriter writer, in SliceDirection d)
    {
        foreach (var x in (ReadOnlySpan<float>)[d.Cusum, d.Settled, d.Shrink, d.ScoreSum, d.ScoreSquares, d.Records, d.Positives, d.Expected])
            writer.Single(x);
    }

    private static SliceDirection ReadDirection(ref StateReader reader) => new()
    {
        Cusum = reader.Single(),
        Settled = Positive(ref reader),
        Shrink = reader.Single(),
        ScoreSum = reader.Single(),
        ScoreSquares = reader.Single(),
        Records = reader.Single(),
        Positives = reader.Single(),
        Expected = reader.Single(),
    };

    private static float Positive(ref StateReader reader)
    {
        var x = reader.Single();
        return x > 0 && float.IsFinite(x) ? x : throw new StateFormatException($"slice with {x} where a positive number belongs");
    }
}
