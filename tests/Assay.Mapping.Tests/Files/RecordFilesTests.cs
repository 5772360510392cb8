using System.Text;
using Assay.Mapping.Csv;
using Assay.Mapping.Files;

namespace Assay.Mapping.Tests.Files;

public sealed class RecordFilesTests : IDisposable
{
    private static readonly RecordFileOptions Csv = new() { Format = FileFormat.Csv };
    private static readonly RecordFileOptions Json = new() { Format = FileFormat.JsonLines };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhenLineEndsAreMixed_GivesRowsWithTheirLines()
    {
        var path = _folder.Write("a.csv", "\uFEFFx,y\r\n1,2\r3,\"4\r\nmore\"\n\n \r\n5,6");
        Assert.Equal(["2:1,2", "3:3,\"4\r\nmore\"", "7:5,6"], Rows(Csv, path));
    }

    [Fact]
    public void Read_WhenSeveralFiles_GivesOneStream()
    {
        var a = _folder.Write("a.csv", "x,y\n1,2\n");
        var b = _folder.Write("b.csv.gz", TemporaryFolder.Gzip("x, y\n3,4\n"));
        using var files = RecordFiles.Open([a, b], Csv);
        Assert.Equal(["x", "y"], files.Columns);
        Assert.Equal([(a, 2L), (b, 2L)], files.Read().Select(r => (r.File, r.Line)));
        Assert.Equal(2, files.Read().Count());
    }

    [Fact]
    public void Read_WhenFileHasNoHeader_TakesTheGivenColumns()
    {
        var path = _folder.Write("a.csv", "6,2,4\n6,5\n");
        var records = Read(Csv with { Columns = ["from", "to", "rating"] }, path);
        Assert.Equal(["1:6,2,4", "2!columns:6,5"], Describe(records));
        Assert.Contains("has 2 fields; the header has 3", records[1].Failure!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,y\n1,\"never\n2,b\n3,c\n", new[] { "2!quote:1,\"never", "3:2,b", "4:3,c" })]
    [InlineData("x,y\n1,\"open\n2,\"b\"\n", new[] { "2!csv:1,\"open", "3:2,\"b\"" })]
    [InlineData("x,y\n1,2,3\n4\n5,6\n", new[] { "2!columns:1,2,3", "3!columns:4", "4:5,6" })]
    [InlineData("x,y\n1,a\0b\n5,6\n", new[] { "2!nul:1,a\0b", "3:5,6" })]
    [InlineData("x,y\n1,\"a\"b\n5,6\n", new[] { "2!csv:1,\"a\"b", "3:5,6" })]
    public void Read_WhenRowIsBad_FailsThatRowOnly(string text, string[] expected) =>
        Assert.Equal(expected, Rows(Csv, _folder.Write("a.csv", text)));

    [Fact]
    public void Read_WhenRecordIsOversize_FailsItWithItsLength()
    {
        var path = _folder.Write("a.jsonl", $"{{\"a\":1}}\n{{\"a\":\"{new string('x', 500_000)}\"}}\n{{\"a\":2}}\n");
        var records = Read(Json with { MaxRecordBytes = 100 }, path);
        Assert.Equal(["size"], records.Where(r => r.Failure is not null).Select(r => r.Failure!.Rule));
        Assert.Contains("500008 bytes", records[1].Failure!.Reason, StringComparison.Ordinal);
        Assert.Equal([1L, 2, 3], records.Select(r => r.Line));
        Assert.Equal(100, records[1].Raw.Length);
    }

    [Fact]
    public void Read_WhenRecordIsExactlyTheLimit_GivesIt()
    {
        var line = $"{{\"a\":\"{new string('x', 92)}\"}}";
        Assert.Equal(100, line.Length);
        Assert.All(Read(Json with { MaxRecordBytes = 100 }, _folder.Write("a.jsonl", $"{line}\r\n{line}")), r => Assert.Null(r.Failure));
        Assert.All(Read(Json with { MaxRecordBytes = 99 }, _folder.Write("b.jsonl", $"{line}\r\n{line}")), r =>
            Assert.Equal("size", r.Failure?.Rule));
    }

    [Fact]
    public void Read_WhenTextHasNoQuotes_KeepsThem()
    {
        var path = _folder.Write("sms.tsv", "ham\t\"Happy\" day\nspam\tfree \"win\n");
        var options = Csv with { Columns = ["label", "text"], Dialect = new CsvDialect((byte)'\t', quotes: false) };
        Assert.All(Read(options, path), r => Assert.Null(r.Failure));
    }

    [Fact]
    public void Read_WhenStandardInput_ReadsItOnce()
    {
        var options = Json with { StandardInput = () => new MemoryStream("{}\n{}"u8.ToArray()) };
        using var files = RecordFiles.Open(["-"], options);
        Assert.False(files.CanReadAgain);
        Assert.Equal([("-", 1L), ("-", 2L)], files.Read().Select(r => (r.File, r.Line)));
        Assert.Throws<InvalidOperationException>(() => files.Read().Count());
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99999)]
    public void Read_WhenGzipIsCutOff_GivesWhatCameBeforeThenSaysSo(double share)
    {
        var text = "n,square\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},{(long)i * i}\n"));
        var packed = TemporaryFolder.Gzip(text);
        var path = _folder.Write("a.csv.gz", packed[..(int)(packed.Length * share)]);
        var (records, error) = ReadUntilBroken(path);
        Assert.InRange(records.Count, 1000, 20_000);
        Assert.Equal(
            Enumerable.Range(0, records.Count).Select(i => $"{i},{(long)i * i}"), records.Select(r => Encoding.UTF8.GetString(r.Raw.Span)));
        Assert.Contains($"after {records.Count} records", error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenGzipIsDamagedInside_GivesWhatCameBeforeThenSaysSo()
    {
        var packed = TemporaryFolder.Gzip("n\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{(i * 7919L) % 100_003}\n")));
        packed.AsSpan(packed.Length / 2, 64).Fill(0xFF);
        var (records, error) = ReadUntilBroken(_folder.Write("a.csv.gz", packed));
        Assert.NotEmpty(records);
        Assert.Contains("breaks off at line", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenGzipHasSeveralMembers_GivesAll()
    {
        var path = _folder.Write("a.gz", [.. TemporaryFolder.Gzip("x\n1\n"), .. TemporaryFolder.Gzip("2\n")]);
        Assert.Equal(["2:1", "3:2"], Rows(Csv, path));
    }

    private (List<FileRecord> Records, InputException Error) ReadUntilBroken(string path)
    {
        var records = new List<FileRecord>();
        using var files = RecordFiles.Open([path], Csv);
        return (records, Assert.Throws<InputException>(() => files.Read().Select(Keep).Count()));

        FileRecord Keep(FileRecord record)
        {
            records.Add(record);
            return record;
        }
    }

    private static List<FileRecord> Read(RecordFileOptions options, params string[] paths)
    {
        using var files = RecordFiles.Open(paths, options);
        return [.. files.Read()];
    }

    private static IEnumerable<string> Rows(RecordFileOptions options, params string[] paths) => Describe(Read(options, paths));

    private static IEnumerable<string> Describe(IEnumerable<FileRecord> records) =>
        records.Select(r => $"{r.Line}{(r.Failure is null ? "" : "!" + r.Failure.Rule)}:{Encoding.UTF8.GetString(r.Raw.Span)}");
}
