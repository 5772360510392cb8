using System.Text;
using Assay.Mapping.Files;
using Assay.Mapping.Tests.Csv;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Assay.Mapping.Tests.Files;

/// <summary>Whatever a file holds, each of its lines is in a record, in a failure, in the header, or blank.</summary>
public sealed class EveryLineTests
{
    [Property(MaxTest = 1000)]
    public Property Read_OnAnyCsv_AccountsForEveryLine() =>
        Prop.ForAll(CsvGen.Soup.ToArbitrary(), Gen.Choose(1, 60).ToArbitrary(), (text, limit) =>
            Accounts($"h,i\n{text}", FileFormat.Csv, 2, limit));

    [Property(MaxTest = 1000)]
    public Property Read_OnAnyJsonLines_AccountsForEveryLine() =>
        Prop.ForAll(CsvGen.Soup.ToArbitrary(), Gen.Choose(2, 60).ToArbitrary(), (text, limit) =>
            Accounts($"{{}}\n{text}", FileFormat.JsonLines, 1, limit));

    private static bool Accounts(string text, FileFormat format, long line, int limit)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = Lines(text);
        var options = new RecordFileOptions
        {
            Format = format,
            MaxRecordBytes = Math.Max(3, limit),
            StandardInput = () =>
            new TrickleStream(bytes)
        };
        using var files = RecordFiles.Open(["-"], options);
        foreach (var record in files.Read())
        {
            for (; line < record.Line; line++)
                Assert.True(IsBlank(lines[(int)line - 1]), $"line {line} is in no record");
            Assert.Equal(line, record.Line);
            var raw = Encoding.UTF8.GetString(record.Raw.Span);
            var rest = string.Concat(lines.Skip((int)line - 1).Select(l => l.Text + l.End));
            if (record.Failure?.Rule != "size")
                Assert.StartsWith(raw, rest, StringComparison.Ordinal);
            line += record.Failure?.Rule == "size" ? 1 : Lines(raw).Count;
        }

        for (; line <= lines.Count; line++)
            Assert.True(IsBlank(lines[(int)line - 1]), $"line {line} is in no record");
        return true;
    }

    private static bool IsBlank((string Text, string End) line) => line.Text.Trim(' ', '\t').Length == 0;

    private static List<(string Text, string End)> Lines(string text)
    {
        var lines = new List<(string, string)>();
        var start = 0;
        while (text.AsSpan(start).IndexOfAny('\r', '\n') is >= 0 and var length)
        {
            var end = text.AsSpan(start + length).StartsWith("\r\n") ? 2 : 1;
            lines.Add((text.Substring(start, length), text.Substring(start + length, end)));
            start += length + end;
        }

        lines.Add((text[start..], ""));
        return lines;
    }

    /// <summary>Gives a byte or two at a time, so that every line end is once cut in two.</summary>
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1 + ((int)Position % 2))]);
    }
}
