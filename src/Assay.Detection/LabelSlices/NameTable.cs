using Assay.Contracts.State;

namespace Assay.Detection.LabelSlices;

/// <summary>Names by index in order of first use, at most so many.</summary>
internal sealed class NameTable(int capacity)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public int Count => _names.Count;

    public string this[int index] => _names[index];

    /// <returns>−1 for a new name when the table is full.</returns>
    public int IndexOf(string name)
    {
        if (_index.TryGetValue(name, out var i))
            return i;
        if (_names.Count == capacity)
            return -1;
        _index.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }

    public string[] ToArray() => [.. _names];

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)_names.Count);
        foreach (var name in _names)
            writer.String(name);
    }

    public void Read(ref StateReader reader)
    {
        _index.Clear();
        _names.Clear();
        var count = reader.Length(1);
        for (var i = 0; i < count; i++)
        {
            if (IndexOf(reader.String()) != i)
                throw new StateFormatException("a name stands twice, or there are more than the settings allow");
        }
    }
}
