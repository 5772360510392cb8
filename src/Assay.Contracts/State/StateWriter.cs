using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Contracts.State;

/// <summary>
/// Writes the versioned binary state: little-endian fixed-width numbers, LEB128 lengths, UTF-8 strings. What is written in one version
/// is never reordered: a new field means a new version of the section.
/// </summary>
public sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Unsigned LEB128.</summary>
    public void Varint(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var n = 0;
        for (; value >= 0x80; value >>= 7)
            span[n++] = (byte)(value | 0x80);
        span[n++] = (byte)value;
        _buffer.Advance(n);
    }

    /// <summary>Zigzag LEB128.</summary>
    public void Int64(long value) => Varint(((ulong)value << 1) ^ (ulong)(value >> 63));

    public void Int32(int value) => Int64(value);

    public void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    public void Single(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    public void String(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)length);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    public void NullableString(string? value)
    {
        Bool(value is not null);
        if (value is not null)
            String(value);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        _buffer.Write(value);
    }

    /// <summary>A length and then the numbers, fixed width.</summary>
    public void Array<T>(ReadOnlySpan<T> values) where T : unmanaged, INumber<T>
    {
        Varint((ulong)values.Length);
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Assay's state format is written on little-endian machines only.");
        _buffer.Write(MemoryMarshal.AsBytes(values));
    }
}
