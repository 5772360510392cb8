using Assay.Contracts.State;
using Assay.Detection.Reference;

namespace Assay.Detection.LabelSlices;

/// <summary>
/// What a shard has for its cohort's reference: the latest examples that no view has seen yet, and each owner's residuals since the shard
/// began. Owners and labels beyond the caps are left out.
/// </summary>
internal sealed class PendingExamples(int capacity)
{
    private const int MaxLabels = 1000;
    private const int MaxOwners = 10_000;

    private readonly NameTable _owners = new(MaxOwners);
    private readonly NameTable _labels = new(MaxLabels);
    private readonly List<(double Score, double Information)> _residuals = [];
    private readonly Queue<(int Owner, int Label, int Count)> _examples = new();
    private readonly Queue<ulong> _slices = new();
    private long _first;

    public int Count => _examples.Count;

    public long MemoryBytes => (_examples.Count * 12L) + (_slices.Count * 8L) + (_owners.Count * 80L);

    public void Add(string owner, string label, ReadOnlySpan<ulong> slices)
    {
        var ownerIndex = _owners.IndexOf(owner);
        var labelIndex = _labels.IndexOf(label);
        if (ownerIndex < 0 || labelIndex < 0 || capacity == 0)
            return;
        if (_examples.Count == capacity)
            DropFirst();
        _examples.Enqueue((ownerIndex, labelIndex, slices.Length));
        foreach (var slice in slices)
            _slices.Enqueue(slice);
    }

    public void AddResidual(string owner, double score, double information)
    {
        var i = _owners.IndexOf(owner);
        if (i < 0)
            return;
        while (_residuals.Count <= i)
            _residuals.Add(default);
        _residuals[i] = (_residuals[i].Score + score, _residuals[i].Information + information);
    }

    /// <summary>Forgets the examples that a view has seen.</summary>
    public void DropBefore(long number)
    {
        while (_first < number && _examples.Count > 0)
            DropFirst();
    }

    public LabelContribution Build(string shard)
    {
        var examples = new LabelExample[_examples.Count];
        var start = 0;
        var i = 0;
        foreach (var (owner, label, count) in _examples)
        {
            examples[i++] = new LabelExample(owner, label, start, count);
            start += count;
        }

        var residuals = _residuals.Select((r, owner) => new OwnerResidual(owner, r.Score, r.Information));
        return new LabelContribution(shard, _first, _owners.ToArray(), _labels.ToArray(), examples, _slices.ToArray(), [.. residuals]);
    }

    public void Write(StateWriter writer)
    {
        _owners.Write(writer);
        _labels.Write(writer);
        writer.Varint((ulong)_residuals.Count);
        foreach (var (score, information) in _residuals)
        {
            writer.Double(score);
            writer.Double(information);
        }

        writer.Varint((ulong)_first);
        writer.Varint((ulong)_examples.Count);
        foreach (var (owner, label, count) in _examples)
        {
            writer.Varint((ulong)owner);
            writer.Varint((ulong)label);
            writer.Varint((ulong)count);
        }

        writer.Array<ulong>(_slices.ToArray());
    }

    public void Read(ref StateReader reader)
    {
        _owners.Read(ref reader);
        _labels.Read(ref reader);
        _residuals.Clear();
        var residuals = reader.Length(16);
        for (var i = 0; i < residuals; i++)
            _residuals.Add((reader.Double(), reader.Double()));
        _first = (long)reader.Varint();
        _examples.Clear();
        var examples = reader.Length(3);
        var expected = 0L;
        for (var i = 0; i < examples; i++)
        {
            var example = (Owner: reader.Varint(), Label: reader.Varint(), Count: reader.Varint());
            if (example.Owner >= (ulong)_owners.Count || example.Label >= (ulong)_labels.Count || example.Count > int.MaxValue)
                throw new StateFormatException($"example of owner {example.Owner} and label {example.Label}, which have no name");
            _examples.Enqueue(((int)example.Owner, (int)example.Label, (int)example.Count));
            expected += (int)example.Count;
        }

        _slices.Clear();
        foreach (var slice in reader.Array<ulong>())
            _slices.Enqueue(slice);
        if (_slices.Count != expected)
            throw new StateFormatException($"{_slices.Count} slices for examples with {expected}");
    }

    private void DropFirst()
    {
        var (_, _, count) = _examples.Dequeue();
        for (var i = 0; i < count; i++)
            _slices.Dequeue();
        _first++;
    }
}
