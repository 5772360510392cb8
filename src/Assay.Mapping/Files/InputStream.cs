namespace Assay.Mapping.Files;

/// <summary>Opens an input as a stream of UTF-8 text: unpacks gzip, drops a byte order mark, refuses what holds no text.</summary>
internal static class InputStream
{
    private const int HeadLength = 16;

    /// <exception cref="InputException">The input cannot be opened, is empty, or is no text.</exception>
    public static Stream Open(string path, Func<Stream> standardInput)
    {
        var stream = path == "-" ? standardInput() : OpenFile(path);
        try
        {
            stream = WithHead(stream, out var head);
            if (FileSignature.IsGzip(head))
                stream = WithHead(new CheckedGzipStream(stream), out head);
            if (head.Length == 0)
                throw new InputException($"{Name(path)} is empty: there is nothing to read.");
            if (FileSignature.NotText(head) is { } what)
                throw new InputException($"{Name(path)} is neither CSV nor JSON lines in UTF-8: it is {what}.");
            if (head.AsSpan().StartsWith("\uFEFF"u8))
                stream.ReadExactly(new byte[3]);
            return stream;
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw new InputException($"{Name(path)} cannot be unpacked: it starts like gzip, but {e.Message} Check it with: gzip -t", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stream.Dispose();
            throw new InputException($"{Name(path)} cannot be read: {e.Message}", e);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public static string Name(string path) => path == "-" ? "Standard input" : $"'{path}'";

    private static FileStream OpenFile(string path)
    {
        if (path.Length == 0)
            throw new InputException("A file name is empty. Give the path of a CSV or JSON-lines file, or - for standard input.");
        if (Directory.Exists(path))
            throw new InputException($"'{path}' is a directory. Name the files in it, for example: {Path.Combine(path, "*.csv")}");
        try
        {
            return
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(
                $"'{path}' does not exist. Check the path; relative paths start at {Directory.GetCurrentDirectory()}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"'{path}' may not be read by this user. Check its permissions: ls -l '{path}'", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"'{path}' cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Reads the first bytes ahead; the stream that comes back gives them again.</summary>
    private static HeadStream WithHead(Stream stream, out byte[] head)
    {
        var buffer = new byte[HeadLength];
        var length = stream.ReadAtLeast(buffer, HeadLength, throwOnEndOfStream: false);
        head = buffer[..length];
        return new HeadStream(head, stream);
    }
}
