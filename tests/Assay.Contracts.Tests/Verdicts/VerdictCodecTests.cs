using System.Buffers;
using System.Text;
using Assay.Contracts.Verdicts;
using Assay.Contracts.Wire;

namespace Assay.Contracts.Tests.Verdicts;

public sealed class VerdictCodecTests
{
    [Fact]
    public void Write_OfAVerdict_IsThisCloudEvent() => Assert.Equal(
        """
        {"specversion":"1.0","source":"/assay/ingest","id":"ingest/3/42","type":"assay.verdict.v1","datacontenttype":"application/json","data":{"id":"rec-\"7\" é","topic":"ingest","partition":3,"offset":42,"source":"vendor/a","identity":"svc-labels","dataset":"fraud","verdict":"hold","mode":"enforce","score":3.14159,"scores":{"content-rules":0,"density":3.14159},"reasons":["label >50K turned to <=50K where occupation=Exec-managerial, 15 records, 1.9 expected"],"view":9}}
        """,
        Encoding.UTF8.GetString(Written(Samples.Verdict())));

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSameVerdict()
    {
        var verdict = Samples.Verdict();

        var message = VerdictCodec.Read(Written(verdict));

        Assert.Equal((verdict.RecordId, "ingest", 3, verdict.Offset), (message.Id, message.Topic, message.Partition, message.Offset));
        Assert.Equal(("vendor/a", verdict.Identity, verdict.Dataset), (message.Source, message.Identity, message.Dataset));
        Assert.Equal((verdict.Kind, verdict.Mode, verdict.View), (message.Verdict, message.Mode, message.View));
        Assert.Equal(3.14159, message.Score);
        Assert.Equal([("content-rules", 0), ("density", 3.14159)], message.Scores.Select(s => (s.Key, s.Value)));
        Assert.Equal(verdict.Reasons, message.Reasons);
    }

    [Theory]
    [InlineData(VerdictKind.Admit)]
    [InlineData(VerdictKind.Hold)]
    [InlineData(VerdictKind.Reject)]
    [InlineData(VerdictKind.DeadLetter)]
    public void TryReadKind_OfWhatWasWritten_GivesOffsetAndKind(VerdictKind kind)
    {
        Assert.True(VerdictCodec.TryReadKind(Written(Samples.Verdict(long.MaxValue, kind)), out var offset, out var read));
        Assert.Equal((long.MaxValue, kind), (offset, read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"assay.verdict.v1\"")]
    [InlineData("{\"type\":\"assay.verdict.v1\",\"data\":{\"offset\":1,\"verdict\":\"maybe\"}}")]
    [InlineData("{\"type\":\"assay.verdict.v1\",\"data\":{\"offset\":1.5,\"verdict\":\"admit\"}}")]
    [InlineData("{\"type\":\"assay.verdict.v1\",\"data\":{\"offset\":-1,\"verdict\":\"admit\"}}")]
    [InlineData("{\"type\":\"assay.verdict.v1\",\"data\":{\"verdict\":\"admit\"}}")]
    [InlineData("{\"type\":\"assay.verdict.v2\",\"data\":{\"offset\":1,\"verdict\":\"admit\"}}")]
    [InlineData("{\"data\":{\"offset\":1,\"verdict\":\"admit\"}}")]
    public void TryReadKind_OfAnythingElse_IsFalse(string message) =>
        Assert.False(VerdictCodec.TryReadKind(Encoding.UTF8.GetBytes(message), out _, out _));

    [Fact]
    public void TryReadKind_WithUnknownFieldsInAnyOrder_FindsBoth()
    {
        var message = """{"x":{"data":{"offset":9}},"data":{"verdict":"reject","more":[{"offset":3}],"offset":7},"type":"assay.verdict.v1"}"""u8;

        Assert.True(VerdictCodec.TryReadKind(message, out var offset, out var kind));
        Assert.Equal((7, VerdictKind.Reject), (offset, kind));
    }

    [Fact]
    public void WriteAndTryReadKind_OnceWarm_AllocateNothing()
    {
        var output = new ArrayBufferWriter<byte>(4096);
        var verdict = Samples.Verdict();
        for (var i = 0; i < 2; i++)
            RoundTrip(output, verdict);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            RoundTrip(output, verdict);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Write_WithAScoreThatIsNotFinite_ThrowsWithoutWriting(double score)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.Throws<ArgumentOutOfRangeException>(
            () => VerdictCodec.Write(output, "ingest", 0, "s", Samples.Verdict() with { Score = score }));

        Assert.Equal(0, output.WrittenCount);
        Assert.Equal("rec-\"7\" é", VerdictCodec.Read(Written(Samples.Verdict())).Id);
    }

    [Fact]
    public void Write_WithoutAVerdict_Throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Written(Samples.Verdict(kind: VerdictKind.None)));

    [Fact]
    public void Write_WithBrokenUtf16_WritesTheReplacementCharacter() =>
        Assert.Equal("a\uFFFDb", VerdictCodec.Read(Written(Samples.Verdict() with { RecordId = "a\uD800b" })).Id);

    [Theory]
    [InlineData("\"type\":\"assay.verdict.v1\"", "\"type\":\"assay.recall.v1\"", "type")]
    [InlineData("\"specversion\":\"1.0\"", "\"specversion\":\"0.3\"", "specversion")]
    [InlineData("\"verdict\":\"hold\"", "\"verdict\":\"maybe\"", "verdict")]
    [InlineData("\"offset\":42,", "", "offset")]
    [InlineData("\"score\":3.14159", "\"score\":\"high\"", "score")]
    [InlineData("\"data\":{", "\"dada\":{", "data")]
    public void Read_OfAChangedMessage_ThrowsAndNamesTheField(string from, string to, string named)
    {
        var text = Encoding.UTF8.GetString(Written(Samples.Verdict()));
        Assert.Contains(from, text, StringComparison.Ordinal);

        var error = Assert.Throws<MessageFormatException>(
            () => VerdictCodec.Read(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Written(Verdict verdict)
    {
        var output = new ArrayBufferWriter<byte>();
        VerdictCodec.Write(output, "ingest", 3, "vendor/a", verdict);
        return output.WrittenSpan.ToArray();
    }

    private static void RoundTrip(ArrayBufferWriter<byte> output, Verdict verdict)
    {
        output.ResetWrittenCount();
        VerdictCodec.Write(output, "ingest", 3, "vendor/a", verdict);
        if (!VerdictCodec.TryReadKind(output.WrittenSpan, out _, out _))
            throw new InvalidOperationException("unreadable");
    }
}
