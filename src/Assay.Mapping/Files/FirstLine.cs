namespace Assay.Mapping.Files;

/// <summary>Finds, from its first line, that a file is not of the format it is read as.</summary>
internal static class FirstLine
{
    /// <exception cref="InputException">It is not.</exception>
    public static void Check(string path, RecordFileOptions options, ReadOnlySpan<byte> line)
    {
        var text = line.Trim(" \t"u8);
        var what = options.Format switch
        {
            FileFormat.Csv when options.Columns is null && text is [(byte)'{', .., (byte)'}'] =>
                "looks like JSON lines, but is to be read as CSV. Set \"format\": \"jsonl\" in the profile.",
            FileFormat.Csv when options.Columns is null && text.Contains((byte)0) =>
                "has NUL bytes in its first line: it is no UTF-8 text. Export it as CSV in UTF-8.",
            FileFormat.JsonLines when text is [(byte)'['] or [(byte)'[', .., not (byte)']'] or [(byte)'[', (byte)'{', ..] =>
                "is one JSON array; JSON lines have one value a line. Convert it with: jq -c '.[]'",
            FileFormat.JsonLines when text is [(byte)'{'] or [(byte)'{', .., (byte)','] =>
                "is JSON over several lines; JSON lines have one value a line. Convert it with: jq -c .",
            FileFormat.JsonLines when text[0] is not ((byte)'{' or (byte)'[') =>
                "does not start with a JSON object. If it is CSV, set \"format\": \"csv\" in the profile.",
            _ => null,
        };
        if (what is not null)
            throw new InputException($"{InputStream.Name(path)} {what}");
    }
}
