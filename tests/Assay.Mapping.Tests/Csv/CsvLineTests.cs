using System.Buffers;
using System.Text;
using Assay.Mapping.Csv;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Assay.Mapping.Tests.Csv;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("a,b,c", "a|b|c")]
    [InlineData("", "")]
    [InlineData(",", "|")]
    [InlineData("a,,", "a||")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("\"a\"\"b\"\"\",\"\"\"\"", "a\"b\"|\"")]
    [InlineData("\"two\r\nlines\",x", "two\r\nlines|x")]
    [InlineData("5'6\",tall", "5'6\"|tall")]
    [InlineData("a, \"b,c\" ,d", "a|b,c|d")]
    [InlineData("a,b\r\n", "a|b")]
    [InlineData("a, b ,c", "a| b |c")]
    [InlineData("é,日本,😀", "é|日本|😀")]
    public void TrySplit_WhenRecordIsWellFormed_GivesItsFields(string record, string fields)
    {
        var line = new CsvLine();
        Assert.True(line.TrySplit(Bytes(record)), line.FaultReason);
        Assert.Equal(fields, string.Join('|', Values(line)));
    }

    [Theory]
    [InlineData("a,\"b", CsvFault.UnclosedQuote, 1)]
    [InlineData("a,b,\"c\"d", CsvFault.TextAfterQuote, 2)]
    [InlineData("a\nb,c", CsvFault.LineBreak, 0)]
    public void TrySplit_WhenRecordIsMalformed_NamesFaultAndField(string record, CsvFault fault, int before)
    {
        var line = new CsvLine();
        Assert.False(line.TrySplit(Bytes(record)));
        Assert.Equal(fault, line.Fault);
        Assert.Contains($"ield {before + 1} ", line.FaultReason, StringComparison.Ordinal);
        Assert.True(line.TrySplit(Bytes("a,b")));
        Assert.Equal(CsvFault.None, line.Fault);
    }

    [Fact]
    public void Trimmed_WhenFieldIsUnquoted_DropsBlanksOnlyThere()
    {
        var line = new CsvLine();
        Assert.True(line.TrySplit(Bytes("39, State-gov , \" kept \",\t")));
        Assert.Equal("State-gov", Encoding.UTF8.GetString(line.Trimmed(1)));
        Assert.Equal(" kept ", Encoding.UTF8.GetString(line.Trimmed(2)));
        Assert.True(line.Trimmed(3).IsEmpty);
        Assert.Equal(" State-gov ", Encoding.UTF8.GetString(line.Raw(1)));
    }

    [Fact]
    public void TrySplit_WhenDelimiterIsTab_KeepsCommasAndEmptyFields()
    {
        var line = new CsvLine(new CsvDialect((byte)'\t'));
        Assert.True(line.TrySplit(Bytes("a, b\t\t\"c\td\"")));
        Assert.Equal(["a, b", "", "c\td"], Values(line));
    }

    [Fact]
    public void TrySplit_WhenDialectHasNoQuotes_KeepsThem()
    {
        var line = new CsvLine(new CsvDialect((byte)'\t', quotes: false));
        Assert.True(line.TrySplit(Bytes("ham\t\"Happy valentines day\" I know")));
        Assert.Equal(["ham", "\"Happy valentines day\" I know"], Values(line));
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('é')]
    public void Dialect_WhenDelimiterCannotSeparate_Throws(char delimiter) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CsvDialect((byte)delimiter));

    [Fact]
    public void TrySplit_WhenRunAgain_AllocatesNothing()
    {
        var record = Bytes("39, \"a \"\"quoted\"\" one\", 7,\"x\"\"y\"");
        var line = new CsvLine();
        var total = Touch(line, record);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            total += Touch(line, record);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1001 * (2 + 14 + 1 + 3), total);
    }

    [Property(MaxTest = 500)]
    public Property TrySplit_AfterWriteRecord_GivesTheSameFields() =>
        Prop.ForAll(Gen.NonEmptyListOf(CsvGen.Field).Select(f =>
            f.ToArray()).ToArbitrary(), CsvGen.Delimiter.ToArbitrary(), (fields, delimiter) =>
        {
            var dialect = new CsvDialect(delimiter);
            var output = new ArrayBufferWriter<byte>();
            CsvSyntax.WriteRecord(output, [.. fields.Select(f => (ReadOnlyMemory<byte>)Bytes(f))], dialect);
            var line = new CsvLine(dialect);
            var split = line.TrySplit(output.WrittenMemory);
            var open = CsvSyntax.EndsInsideQuotes(output.WrittenSpan, false, dialect);
            return split && !open && output.WrittenCount > 0
                && fields.SequenceEqual(Values(line)) && fields.SequenceEqual(Trimmed(line));
        });

    [Property(MaxTest = 500)]
    public Property EndsInsideQuotes_OnAnyText_AgreesWithTrySplit() =>
        Prop.ForAll(CsvGen.Soup.ToArbitrary(), text =>
        {
            var line = new CsvLine();
            var split = line.TrySplit(Bytes(text));
            return !split || !CsvSyntax.EndsInsideQuotes(Bytes(text), false, CsvDialect.Default);
        });

    private static int Touch(CsvLine line, byte[] record)
    {
        line.TrySplit(record);
        var total = 0;
        for (var i = 0; i < line.Count; i++)
            total += line.Trimmed(i).Length;
        return total;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string[] Values(CsvLine line) => [.. Enumerable.Range(0, line.Count).Select(i => Encoding.UTF8.GetString(line[i]))];

    private static string[] Trimmed(CsvLine line) =>
        [.. Enumerable.Range(0, line.Count).Select(i => Encoding.UTF8.GetString(line.Trimmed(i)))];
}
