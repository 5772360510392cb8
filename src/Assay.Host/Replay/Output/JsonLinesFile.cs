using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Host.Replay.Output;

/// <summary>A file of JSON lines (UTF-8, LF) that carries its name only once it is complete; until then it ends in <c>.tmp</c>.</summary>
internal sealed class JsonLinesFile : IDisposable
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly string _path;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly Utf8JsonWriter _json;
    private FileStream? _stream;

    /// <exception cref="OutputException">The file cannot be created.</exception>
    public JsonLinesFile(string path)
    {
        _path = path;
        _json = new Utf8JsonWriter(_buffer, Options);
        Guarded(() => _stream = new FileStream(Temporary, FileMode.Create, FileAccess.Write, FileShare.Read, 1));
    }

    private string Temporary => _path + ".tmp";

    /// <summary>Writes one line; <paramref name="write"/> gives one JSON value.</summary>
    /// <exception cref="OutputException">The disk is full or fails.</exception>
    public void Line<T>(T item, Action<Utf8JsonWriter, T> write)
    {
        write(_json, item);
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= 1 << 16)
            Flush();
    }

    /// <inheritdoc cref="Line{T}"/>
    /// <param name="line">One JSON value in UTF-8, without a line break.</param>
    public void Line(ReadOnlySpan<byte> line)
    {
        _buffer.Write(line);
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= 1 << 16)
            Flush();
    }

    /// <summary>Completes the content; the name comes with <see cref="Publish"/>.</summary>
    public void Close()
    {
        Flush();
        Guarded(() => _stream!.Dispose());
        _stream = null;
    }

    public void Publish() => Guarded(() => File.Move(Temporary, _path, overwrite: true));

    /// <summary>Drops what was never completed.</summary>
    public void Dispose()
    {
        _json.Dispose();
        if (_stream is null)
            return;
        try
        {
            _stream.Dispose();
            File.Delete(Temporary);
        }
        catch (IOException)
        {
            // The message that matters has been given; a remaining .tmp is overwritten by the next replay.
        }
    }

    private void Flush()
    {
        Guarded(() => _stream!.Write(_buffer.WrittenSpan));
        _buffer.ResetWrittenCount();
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OutputException(
                $"'{_path}' may not be written by this user. Choose another folder with --out, or change its permissions.", e);
        }
        catch (IOException e)
        {
            throw new OutputException($"'{_path}' cannot be written: {e.Message} "
                + "Free space there or choose another folder with --out; no file was completed.", e);
        }
    }
}
