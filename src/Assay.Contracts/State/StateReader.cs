using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Contracts.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote, checking every length against what is left.</summary>
/// <remarks>Every method throws <see cref="StateFormatException"/> when the bytes end early or make no sense.</remarks>
public ref struct StateReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    public int Position { get; private set; }

    public readonly int Remaining => _data.Length - Position;

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new StateFormatException($"expected 0 or 1 at byte {Position - 1}, found {other}"),
    };

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
                return value;
        }

        throw new StateFormatException($"number of more than 64 bits at byte {Position}");
    }

    public long Int64()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Int32() => Int64() is >= int.MinValue and <= int.MaxValue and var value
        ? (int)value
        : throw new StateFormatException($"number of more than 32 bits before byte {Position}");

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    public string String() => Encoding.UTF8.GetString(Take(Length(1)));

    public string? NullableString() => Bool() ? String() : null;

    public ReadOnlySpan<byte> Bytes() => Take(Length(1));

    public T[] Array<T>() where T : unmanaged, INumber<T>
    {
        var length = Length(System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        return MemoryMarshal.Cast<byte, T>(Take(length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>())).ToArray();
    }

    /// <summary>A count whose elements take at least <paramref name="elementBytes"/> each, so that a corrupt count cannot ask for more memory than the state has bytes.</summary>
    public int Length(int elementBytes)
    {
        var length = Varint();
        if (length > (ulong)(Remaining / Math.Max(1, elementBytes)))
            throw new StateFormatException($"length {length} at byte {Position} exceeds the {Remaining} bytes left");
        return (int)length;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
            throw new StateFormatException($"the state ends at byte {_data.Length}, {count} bytes wanted at {Position}");
        var span = _data.Slice(Position, count);
        Position += count;
        return span;
    }
}
