using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Assay.Contracts.Records;

namespace Assay.Detection.LabelSlices;

/// <summary>
/// The slices of a record as hashes: all records, then one for each categorical attribute (its value) and each numeric feature (its
/// logarithmic bin, four to a factor e), and the label of the writer's record before. Reused for record after record.
/// </summary>
internal sealed class RecordSlices(int maxColumns)
{
    public const ulong AllRecords = 0x616C6C; // "all"

    private const double BinsPerUnit = 4;

    private const ulong AfterPositive = 0x2B3D79; // "y=+"
    private const ulong AfterNegative = 0x2D3D79; // "y=-"

    private readonly ulong[] _hashes = new ulong[MaxSlices(maxColumns)];
    private readonly Dictionary<string, ulong> _columns = new(StringComparer.Ordinal);

    /// <summary>Most slices that a record has.</summary>
    public static int MaxSlices(int maxColumns) => maxColumns + 2;

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> Hashes => _hashes.AsSpan(0, Count);

    public void Read(Record record)
    {
        _hashes[0] = AllRecords;
        Count = 1;
        var names = record.Attributes.Names;
        var values = record.Attributes.Values;
        for (var i = 0; i < names.Length && Count <= maxColumns; i++)
            _hashes[Count++] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(values[i].AsSpan()), (long)Column(names[i]));
        names = record.Features.Names;
        var numbers = record.Features.Values;
        for (var i = 0; i < names.Length && Count <= maxColumns; i++)
            _hashes[Count++] = Mix(Column(names[i]) + (ulong)Bin(numbers[i]));
    }

    /// <summary>
    /// Adds the slice of the records that follow one with the positive label, or one without, of the same writer: labels that come in runs are
    /// expected where they always did. Nothing is bet on it: how the labels of a writer follow each other changes with whatever else it sends.
    /// </summary>
    public void Follow(bool positive) => _hashes[Count++] = positive ? AfterPositive : AfterNegative;

    /// <summary>The slice of the record that <see cref="Read"/> saw last, in words.</summary>
    public SliceName Name(Record record, int slice)
    {
        if (!IsBetOn(_hashes[slice]))
            return new SliceName(_hashes[slice] == AfterPositive ? "after the positive label" : "after another label", IsRange: false);
        return slice <= record.Attributes.Count
            ? new SliceName(slice == 0 ? "all records" : $"{record.Attributes.Names[slice - 1]}={record.Attributes.Values[slice - 1]}", IsRange: false)
            : new SliceName(Range(record, slice - record.Attributes.Count - 1), IsRange: true);
    }

    public static bool IsBetOn(ulong slice) => slice is not (AfterPositive or AfterNegative);

    private static string Range(Record record, int feature)
    {
        var bin = Bin(record.Features.Values[feature]);
        var low = Edge(bin);
        var high = Edge(bin + (bin < 0 ? -1 : 1));
        return string.Create(CultureInfo.InvariantCulture, $"{record.Features.Names[feature]} from {Math.Min(low, high):0.###} to {Math.Max(low, high):0.###}");
    }

    /// <summary>⌊4·ln(1+|x|)⌋, counted from 1 away from zero, with the sign of x.</summary>
    private static int Bin(double x)
    {
        var bin = (int)Math.Floor(Math.Log(1 + Math.Abs(x)) * BinsPerUnit) + 1;
        return x < 0 ? -bin : bin;
    }

    private static double Edge(int bin) => Math.Sign(bin) * (Math.Exp((Math.Abs(bin) - 1) / BinsPerUnit) - 1);

    private ulong Column(string name)
    {
        if (_columns.TryGetValue(name, out var seed))
            return seed;
        seed = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()));
        if (_columns.Count < _hashes.Length * 4)
            _columns.Add(name, seed);
        return seed;
    }

    /// <summary>The finaliser of SplitMix64.</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
