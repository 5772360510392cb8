using System.Buffers;
using System.Text;
using Assay.Mapping.Csv;
using Assay.Mapping.Files;
using Assay.Mapping.Tests.Csv;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Assay.Mapping.Tests.Files;

public sealed class RowEditorTests
{
    [Theory]
    [InlineData("39, State-gov, <=50K", "label", ">50K", "39, State-gov, >50K")]
    [InlineData("39, State-gov, <=50K", "work", "a, b", "39, \"a, b\", <=50K")]
    [InlineData("39,\"a,b\" ,x", "work", "c", "39,c,x")]
    public void TrySet_WhenCsv_ChangesThatFieldOnly(string raw, string column, string value, string expected)
    {
        var editor = RowEditor.ForCsv(["age", "work", "label"]);
        Assert.True(editor.TrySet(Bytes(raw), column, value, out var changed));
        Assert.Equal(expected, Encoding.UTF8.GetString(changed.Span));
        Assert.Equal(value, editor.Get(changed, column));
    }

    [Theory]
    [InlineData("{\"a\": 1.50, \"b\" :\"x\"}", "a", "2.5", "{\"a\": 2.5, \"b\" :\"x\"}")]
    [InlineData("{\"a\": 1.50, \"b\" :\"x\"}", "b", "7", "{\"a\": 1.50, \"b\" :\"7\"}")]
    [InlineData("{\"b\":{\"c/d\":[0,\"é\"]} }", "/b/c~1d/1", "ü\"", "{\"b\":{\"c/d\":[0,\"ü\\\"\"]} }")]
    [InlineData("{\"b\":{\"c\":[0,1]},\"e\":1}", "/b", "flat", "{\"b\":\"flat\",\"e\":1}")]
    public void TrySet_WhenJson_ChangesThatFieldOnly(string raw, string field, string value, string expected)
    {
        var editor = RowEditor.ForJson();
        Assert.True(editor.TrySet(Bytes(raw), field, value, out var changed));
        Assert.Equal(expected, Encoding.UTF8.GetString(changed.Span));
        Assert.Equal(value, editor.Get(changed, field));
    }

    [Theory]
    [InlineData("{\"a\":1}", "b")]
    [InlineData("{\"a\":", "a")]
    [InlineData("not json", "a")]
    [InlineData("[1,2]", "/7")]
    [InlineData("", "a")]
    public void TrySet_WhenJsonHasNoSuchField_LeavesTheRecord(string raw, string field)
    {
        var bytes = Bytes(raw);
        Assert.False(RowEditor.ForJson().TrySet(bytes, field, "x", out var changed));
        Assert.True(changed.Span.SequenceEqual(bytes));
        Assert.Null(RowEditor.ForJson().Get(bytes, field));
    }

    [Fact]
    public void TrySet_WhenCsvCannotCarryTheValue_LeavesTheRecord()
    {
        var plain = RowEditor.ForCsv(["a", "b"], new CsvDialect((byte)'\t', quotes: false));
        Assert.False(plain.TrySet(Bytes("1\t2"), "b", "x\ty", out _));
        Assert.False(plain.TrySet(Bytes("1\t2"), "c", "x", out _));
        Assert.False(RowEditor.ForCsv(["a", "b"]).TrySet(Bytes("1,\"2"), "b", "x", out _));
    }

    [Property(MaxTest = 500)]
    public Property TrySet_OnAnyCsvRow_LeavesOtherFieldsByteIdentical() =>
        Prop.ForAll(Gen.NonEmptyListOf(CsvGen.Field).Select(f =>
            f.ToArray()).ToArbitrary(), CsvGen.Field.ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (fields, value, pick) =>
        {
            var column = pick % fields.Length;
            var names = fields.Select((_, i) => $"c{i}").ToArray();
            var output = new ArrayBufferWriter<byte>();
            CsvSyntax.WriteRecord(output, [.. fields.Select(f => (ReadOnlyMemory<byte>)Bytes(f))], CsvDialect.Default);
            if (!RowEditor.ForCsv(names).TrySet(output.WrittenMemory, names[column], value, out var changed))
                return false;
            var (before, after) = (Raw(output.WrittenMemory), Raw(changed));
            var rest = Enumerable.Range(0, fields.Length).Where(i => i != column);
            return rest.All(i => before[i] == after[i]) && RowEditor.ForCsv(names).Get(changed, names[column]) == value;
        });

    private static string[] Raw(ReadOnlyMemory<byte> record)
    {
        var line = new CsvLine();
        Assert.True(line.TrySplit(record));
        return [.. Enumerable.Range(0, line.Count).Select(i => Encoding.UTF8.GetString(line.Raw(i)))];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
