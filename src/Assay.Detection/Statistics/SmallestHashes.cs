using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>
/// The smallest hashes of a set of names: mergeable, and enough to tell how many distinct names there are (exact up to the capacity, about
/// 1/√capacity off beyond; Bar-Yossef et al. 2002, "Counting distinct elements in a data stream").
/// </summary>
public sealed class SmallestHashes(int capacity) : IStateSection
{
    private readonly SortedSet<ulong> _hashes = [];

    public int Count => _hashes.Count;

    /// <summary>Distinct names added.</summary>
    public long Distinct => _hashes.Count < capacity ? _hashes.Count : (long)((capacity - 1) / (_hashes.Max / (double)ulong.MaxValue));

    public int StateVersion => 1;

    /// <param name="hash">Of the name, uniform over all values.</param>
    public void Add(ulong hash)
    {
        if (_hashes.Count >= capacity && hash >= _hashes.Max)
            return;
        if (_hashes.Add(hash) && _hashes.Count > capacity)
            _hashes.Remove(_hashes.Max);
    }

    /// <summary>Ascending.</summary>
    public ulong[] ToArray() => [.. _hashes];

    public void Write(StateWriter writer) => writer.Array<ulong>(ToArray());

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"hashes of version {version}; this program reads version 1");
        _hashes.Clear();
        foreach (var hash in reader.Array<ulong>())
            Add(hash);
    }

    public void Describe(Utf8JsonWriter json) => json.WriteNumberValue(Distinct);
}
