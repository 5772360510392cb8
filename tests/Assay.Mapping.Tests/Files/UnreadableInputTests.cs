using System.Text;
using Assay.Mapping.Files;

namespace Assay.Mapping.Tests.Files;

public sealed class UnreadableInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n \n\r\n", "blank lines only")]
    [InlineData("PK\u0003\u0004xxxxxxxxxxxx", "zip archive")]
    [InlineData("PAR1xxxxxxx", "Parquet")]
    [InlineData("a,b,a\n1,2,3\n", "columns 1 and 3 have the same name 'a'")]
    [InlineData("a,b,\n1,2,3\n", "column 3 of 3 has no name")]
    [InlineData("a,\"b\n1,2\n", "never closed")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "\"format\": \"jsonl\"")]
    [InlineData("a\0,b\n1,2\n", "NUL")]
    public void Open_WhenCsvCannotBeUsed_SaysWhatAndWhere(string text, string expected) =>
        AssertRefused(FileFormat.Csv, Encoding.Latin1.GetBytes(text), expected);

    [Theory]
    [InlineData("[{\"a\":1},\n{\"a\":2}]", "jq -c '.[]'")]
    [InlineData("{\n\"a\":1\n}", "several lines")]
    [InlineData("a,b\n1,2", "\"format\": \"csv\"")]
    public void Open_WhenJsonLinesCannotBeUsed_SaysWhatToDo(string text, string expected) =>
        AssertRefused(FileFormat.JsonLines, Encoding.UTF8.GetBytes(text), expected);

    [Fact]
    public void Open_WhenTextIsUtf16_SaysHowToConvert()
    {
        AssertRefused(FileFormat.Csv, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")], "iconv");
        AssertRefused(FileFormat.Csv, Encoding.Unicode.GetBytes("a,b\n1,2\n"), "iconv");
        AssertRefused(FileFormat.Csv, Encoding.BigEndianUnicode.GetBytes("a,b\n1,2\n"), "UTF-16");
    }

    [Fact]
    public void Open_WhenGzipHoldsAnArchive_SaysSo()
    {
        AssertRefused(FileFormat.Csv, TemporaryFolder.Gzip("PK\u0003\u0004xxxxxxxxxxxx"), "zip archive");
        AssertRefused(FileFormat.Csv, TemporaryFolder.Gzip("a,b\n")[..12], "gzip");
    }

    [Fact]
    public void Open_WhenFileIsMissingOrADirectory_SaysSo()
    {
        Assert.Contains("does not exist", Refusal(FileFormat.Csv, Path.Combine(_folder.Path, "none.csv")), StringComparison.Ordinal);
        Assert.Contains("is a directory", Refusal(FileFormat.Csv, _folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhenFileMayNotBeRead_SaysSo()
    {
        var path = _folder.Write("a.csv", "a\n1\n");
        Assert.SkipWhen(
            OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Needs Unix permissions and a user whom they bind.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Contains("may not be read", Refusal(FileFormat.Csv, path), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhenHeadersDiffer_NamesBothFiles()
    {
        var a = _folder.Write("a.csv", "x,y\n1,2\n");
        var b = _folder.Write("b.csv", "x,z\n1,2\n");
        var message = Refusal(FileFormat.Csv, a, b);
        Assert.Contains(a, message, StringComparison.Ordinal);
        Assert.Contains(b, message, StringComparison.Ordinal);
        Assert.Contains("column 2 is 'y' and 'z'", message, StringComparison.Ordinal);
    }

    private void AssertRefused(FileFormat format, byte[] bytes, string expected)
    {
        var path = _folder.Write("input", bytes);
        var message = Refusal(format, path);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    private static string Refusal(FileFormat format, params string[] paths) =>
        Assert.Throws<InputException>(() => RecordFiles.Open(paths, new RecordFileOptions { Format = format })).Message;
}
