using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Evaluation.Outliers;

/// <summary>One array of a NumPy archive, as doubles (NEP 1: <c>.npy</c> version 1 to 3; little-endian float64, int64, int32, int16 and bytes).</summary>
/// <param name="Values">Row by row, whatever the order in the file.</param>
internal sealed partial record NpyArray(int Rows, int Columns, double[] Values)
{
    public ReadOnlySpan<double> Row(int index) => Values.AsSpan(index * Columns, Columns);

    /// <exception cref="InvalidDataException">The archive has no such array, or one of another type or shape.</exception>
    public static NpyArray Read(string path, string name)
    {
        using var archive = ZipFile.OpenRead(path);
        var entry = archive.GetEntry(name + ".npy") ?? throw new InvalidDataException($"{path} holds no {name}.npy");
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Parse(memory.ToArray(), $"{path}/{name}.npy");
    }

    private static NpyArray Parse(byte[] bytes, string place)
    {
        if (bytes.Length < 12 || bytes[0] != 0x93 || !bytes.AsSpan(1).StartsWith("NUMPY"u8))
            throw new InvalidDataException($"{place} is no NumPy array");
        var wide = bytes[6] >= 2;
        var headerLength = wide ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)) : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        var start = wide ? 12 : 10;
        var header = Header().Match(Encoding.Latin1.GetString(bytes, start, headerLength));
        if (!header.Success)
            throw new InvalidDataException($"{place} has a header that is not understood");
        var shape = header.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var (rows, columns) = shape.Length switch
        {
            1 => (shape[0], 1),
            2 => (shape[0], shape[1]),
            _ => throw new InvalidDataException($"{place} has {shape.Length} dimensions"),
        };
        var number = Reader(header.Groups["type"].Value, place, out var size);
        var values = new double[rows * columns];
        var columnMajor = header.Groups["fortran"].Value == "True";
        for (var i = 0; i < values.Length; i++)
            values[columnMajor ? i % rows * columns + i / rows : i] = number(bytes.AsSpan(start + headerLength + i * size));
        return new NpyArray(rows, columns, values);
    }

    private delegate double NumberReader(ReadOnlySpan<byte> bytes);

    private static NumberReader Reader(string type, string place, out int size)
    {
        (NumberReader reader, size) = type switch
        {
            "<f8" => ((NumberReader)BinaryPrimitives.ReadDoubleLittleEndian, 8),
            "<i8" => (b => BinaryPrimitives.ReadInt64LittleEndian(b), 8),
            "<i4" => (b => BinaryPrimitives.ReadInt32LittleEndian(b), 4),
            "<i2" => (b => BinaryPrimitives.ReadInt16LittleEndian(b), 2),
            "|u1" => (b => b[0], 1),
            _ => throw new InvalidDataException($"{place} holds numbers of type {type}"),
        };
        return reader;
    }

    [GeneratedRegex(@"'descr': '(?<type>[^']+)', 'fortran_order': (?<fortran>True|False), 'shape': \((?<shape>[^)]*)\)")]
    private static partial Regex Header();
}
