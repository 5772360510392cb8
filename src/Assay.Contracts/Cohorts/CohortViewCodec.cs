using System.IO.Compression;
using Assay.Contracts.State;

namespace Assay.Contracts.Cohorts;

/// <summary>
/// A view as it lies on the topic cohort-views and in its cohort's state: magic, format version, length of the body, and the body compressed by Brotli
/// (RFC 7932). Equal views give equal bytes.
/// </summary>
public static class CohortViewCodec
{
    private const int Version = 1;
    private const int MaxBodyBytes = 1 << 29;

    // Brotli's own scales: quality 0 to 11, window 10 to 24 bits. Higher qualities gain little on weights, and cost ten times as much.
    private const int Quality = 4;
    private const int Window = 22;

    private static ReadOnlySpan<byte> Magic => "ACOV"u8;

    public static byte[] Write(CohortView view)
    {
        var body = new StateWriter();
        body.String(view.Dataset);
        body.Int64(view.Version);
        body.Bool(view.Contested);
        body.Int64(view.Identities);
        body.Int64(view.Records);
        body.Varint((ulong)view.Parts.Length);
        foreach (var part in view.Parts)
        {
            body.String(part.Detector);
            body.Bytes(part.Data);
        }

        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Written.Length)];
        if (!BrotliEncoder.TryCompress(body.Written, compressed, out var length, Quality, Window))
            throw new InvalidOperationException($"A view of {body.Written.Length} bytes cannot be compressed.");
        var frame = new StateWriter();
        foreach (var b in Magic)
            frame.Byte(b);
        frame.Varint(Version);
        frame.Varint((ulong)body.Written.Length);
        frame.Bytes(compressed.AsSpan(0, length));
        return frame.Written.ToArray();
    }

    /// <exception cref="StateFormatException">Not a view in a known version.</exception>
    public static CohortView Read(ReadOnlySpan<byte> data)
    {
        var frame = new StateReader(data);
        foreach (var expected in Magic)
        {
            if (frame.Remaining == 0 || frame.Byte() != expected)
                throw new StateFormatException("not a cohort's view: it does not begin with 'ACOV'");
        }

        var version = frame.Varint();
        if (version != Version)
            throw new StateFormatException($"cohort view of format version {version}; this program knows version {Version}");
        var length = frame.Varint();
        if (length > MaxBodyBytes)
            throw new StateFormatException($"cohort view of {length} bytes; the most that this program takes is {MaxBodyBytes}");
        var body = new byte[length];
        if (!BrotliDecoder.TryDecompress(frame.Bytes(), body, out var written) || written != body.Length || frame.Remaining != 0)
            throw new StateFormatException($"cohort view whose body is not the {length} bytes it should be");
        return ReadBody(body);
    }

    private static CohortView ReadBody(byte[] body)
    {
        var reader = new StateReader(body);
        var (dataset, version, contested) = (reader.String(), reader.Int64(), reader.Bool());
        var (identities, records) = (reader.Int64(), reader.Int64());
        var parts = new CohortPart[reader.Length(2)];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = new CohortPart(reader.String(), reader.Bytes().ToArray());
        if (reader.Remaining != 0)
            throw new StateFormatException($"cohort view with {reader.Remaining} bytes too many");
        return new CohortView { Dataset = dataset, Version = version, Contested = contested, Identities = identities, Records = records, Parts = parts };
    }
}
