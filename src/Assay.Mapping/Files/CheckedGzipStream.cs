using System.IO.Compression;

namespace Assay.Mapping.Files;

/// <summary>
/// Unpacks gzip (RFC 1952, several members too) and notices where the data is cut off, which <see cref="GZipStream"/> takes for a
/// proper end:
/// a member with known content is appended, and what comes out last must be that content.
/// </summary>
internal sealed class CheckedGzipStream : ReadOnlyStream
{
    private static readonly byte[] Mark = [.. "assay: end of data"u8];
    private static readonly byte[] MarkMember = Pack(Mark);

    private readonly MarkedSource _source;
    private readonly GZipStream _unpacked;
    private bool _ended;

    public CheckedGzipStream(Stream packed)
    {
        _source = new MarkedSource(packed);
        _unpacked = new GZipStream(_source, CompressionMode.Decompress);
    }

    /// <exception cref="InvalidDataException">The data is damaged or cut off; everything before it has been delivered.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
            return 0;
        var length = Unpack(buffer);
        // The inflater asks for input only after it has given out what it had: whatever comes after the mark was fed belongs to the mark.
        if (!_source.MarkFed)
            return length > 0 ? length : throw new InvalidDataException("The gzip data is followed by something else.");
        var tail = new byte[Mark.Length + 1];
        var known = Math.Min(length, tail.Length);
        buffer[..known].CopyTo(tail);
        while (known < tail.Length && Unpack(tail.AsSpan(known)) is > 0 and var more)
            known += more;
        if (length > Mark.Length || !tail.AsSpan(0, known).SequenceEqual(Mark))
            throw new InvalidDataException("The gzip data is cut off.");
        _ended = true;
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked.Dispose();
        base.Dispose(disposing);
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("The gzip data is damaged or cut off.", e);
        }
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    private sealed class MarkedSource(Stream packed) : ReadOnlyStream
    {
        private int _given;

        public bool MarkFed => _given > 0;

        public override int Read(Span<byte> buffer)
        {
            var length = _given > 0 ? 0 : packed.Read(buffer);
            if (length > 0 || buffer.IsEmpty)
                return length;
            length = Math.Min(buffer.Length, MarkMember.Length - _given);
            MarkMember.AsSpan(_given, length).CopyTo(buffer);
            _given += length;
            return length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                packed.Dispose();
            base.Dispose(disposing);
        }
    }
}
