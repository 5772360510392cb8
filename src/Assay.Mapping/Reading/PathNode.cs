using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Assay.Mapping.Reading;

/// <summary>One step of the pointers of a profile: what to do with the value found there, and which of its members matter.</summary>
internal sealed class PathNode
{
    private readonly List<PathNode> _children = [];
    private int[] _byHash = [];

    /// <param name="index">Number of the node within the profile.</param>
    public PathNode(int index, string name, string path)
    {
        Index = index;
        Name = Encoding.UTF8.GetBytes(name);
        Path = path;
        ArrayIndex = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            && i.ToString(CultureInfo.InvariantCulture) == name ? i : -1;
    }

    public int Index { get; }

    public byte[] Name { get; }

    /// <summary>The pointer to this node, for messages.</summary>
    public string Path { get; }

    public List<FieldTarget> Targets { get; } = [];

    /// <summary>Which of features, attributes and provenance take everything under this node.</summary>
    public bool[] WildcardRoot { get; } = new bool[Wildcards.Maps];

    public bool IsWildcardRoot => WildcardRoot.Contains(true);

    /// <summary>The first map that takes everything under this node.</summary>
    public string WildcardKey => Wildcards.Keys[Array.IndexOf(WildcardRoot, true)];

    /// <summary>Set on <c>data</c> and <c>data_base64</c> of a CloudEvent: what the data is read as.</summary>
    public PathNode? DecodedRoot { get; set; }

    public IReadOnlyList<PathNode> Children => _children;

    private int ArrayIndex { get; }

    public void Add(PathNode child)
    {
        _children.Add(child);
        var size = 4;
        while (size < _children.Count * 2)
            size *= 2;
        _byHash = new int[size];
        for (var i = 0; i < _children.Count; i++)
        {
            var slot = Slot(_children[i].Name);
            while (_byHash[slot] != 0)
                slot = (slot + 1) & (size - 1);
            _byHash[slot] = i + 1;
        }
    }

    /// <param name="next">Where to look first: members of like messages come in the same order. Moved on when that was right.</param>
    public PathNode? Member(ReadOnlySpan<byte> name, ref int next)
    {
        if (next < _children.Count && name.SequenceEqual(_children[next].Name))
            return _children[next++];
        if (_children.Count == 0)
            return null;
        for (var slot = Slot(name); _byHash[slot] != 0; slot = (slot + 1) & (_byHash.Length - 1))
        {
            var child = _children[_byHash[slot] - 1];
            if (!name.SequenceEqual(child.Name))
                continue;
            next = _byHash[slot];
            return child;
        }

        return null;
    }

    public PathNode? Item(int index)
    {
        foreach (var child in _children)
        {
            if (child.ArrayIndex == index)
                return child;
        }

        return null;
    }

    private int Slot(ReadOnlySpan<byte> name) => (int)XxHash3.HashToUInt64(name) & (_byHash.Length - 1);
}
