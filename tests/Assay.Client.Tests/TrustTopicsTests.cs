using System.Buffers;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Contracts.Wire;

namespace Assay.Client.Tests;

public sealed class TrustTopicsTests
{
    private static readonly Verdict Verdict = new()
    {
        Offset = 42,
        Kind = VerdictKind.Hold,
        RecordId = "r-1",
        Identity = "svc",
        Dataset = "fraud",
        Score = 2.5,
        Reasons = ["one", "two"],
    };

    [Fact]
    public void ReadVerdict_OfAWrittenOne_KnowsItsPosition()
    {
        var output = new ArrayBufferWriter<byte>();
        VerdictCodec.Write(output, "ingest", 3, "vendor", Verdict);

        var read = TrustTopics.ReadVerdict(output.WrittenSpan);

        Assert.Equal(("ingest", 3, 42, VerdictKind.Hold), (read.Topic, read.Partition, read.Offset, read.Verdict));
    }

    [Fact]
    public void ReadDecision_OfAMixedTopic_TellsTheKindsApart()
    {
        var decision = TrustCodec.Write(Decisions.Of("svc", Standing.Paused, 1));
        var heartbeat = TrustCodec.Write(new TrustHeartbeat(0, 1, 10, DateTimeOffset.UnixEpoch));

        Assert.Equal(Standing.Paused, TrustTopics.ReadDecision(decision)!.Standing);
        Assert.Null(TrustTopics.ReadDecision(heartbeat));
        Assert.Equal(10, TrustTopics.ReadHeartbeat(heartbeat)!.Offset);
        Assert.Null(TrustTopics.ReadHeartbeat(decision));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"type\":")]
    [InlineData("{\"type\":1}")]
    [InlineData("Obj\u0001")]
    [InlineData("{\"type\":\"assay.decision.v1\"}")]
    public void ReadDecision_OfNoDecision_Throws(string value) =>
        Assert.Throws<MessageFormatException>(() => TrustTopics.ReadDecision(Encoding.UTF8.GetBytes(value)));

    [Fact]
    public void ReadMark_OfAHeldRecord_GivesVerdictReasonsAndOrigin()
    {
        var headers = new List<RecordHeader> { new("traceparent", "00-1"u8.ToArray()) };
        ReasonHeaders.AddVerdict((n, v) => headers.Add(new(n, v)), "ingest", 3, Verdict);
        ReasonHeaders.AddOrigin((n, v) => headers.Add(new(n, v)), "ingest", 3, 42, 0);

        var mark = TrustTopics.ReadMark(headers)!;

        Assert.Equal((VerdictKind.Hold, 2.5), (mark.Verdict, mark.Score));
        Assert.Equal(["one", "two"], mark.Reasons);
        Assert.Equal(new RecordOrigin("ingest", 3, 42), mark.Origin);
    }

    [Fact]
    public void ReadMark_OfARecordThatWasHeldBefore_GivesTheLastVerdict()
    {
        var headers = new List<RecordHeader>();
        ReasonHeaders.AddVerdict((n, v) => headers.Add(new(n, v)), "ingest", 3, Verdict);
        ReasonHeaders.AddVerdict((n, v) => headers.Add(new(n, v)), "ingest", 3, Verdict with { Kind = VerdictKind.Admit, Score = 0.1, Reasons = [] });

        var mark = TrustTopics.ReadMark(headers)!;

        Assert.Equal((VerdictKind.Admit, 0.1, 0), (mark.Verdict, mark.Score, mark.Reasons.Count));
    }

    [Fact]
    public void ReadMark_WithoutAssaysHeaders_IsNull() =>
        Assert.Null(TrustTopics.ReadMark([new RecordHeader("traceparent", null)]));

    [Fact]
    public void ReadMark_WithAnUnknownVerdict_ThrowsAndNamesTheHeader()
    {
        var error = Assert.Throws<MessageFormatException>(
            () => TrustTopics.ReadMark([new RecordHeader(HeaderNames.Verdict, "perhaps"u8.ToArray())]));

        Assert.Contains("assay-verdict is 'perhaps'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadDeadLetter_OfAWrittenOne_GivesTheSame()
    {
        var failure = new ReadFailure(ReadFailure.Stages.Map, "features/age", "'old' is no number");
        var headers = new List<RecordHeader>();
        ReasonHeaders.AddOrigin((n, v) => headers.Add(new(n, v)), "ingest", 3, 42, 0);
        ReasonHeaders.AddFailure((n, v) => headers.Add(new(n, v)), failure);

        Assert.Equal(new DeadLetter(new RecordOrigin("ingest", 3, 42), failure), TrustTopics.ReadDeadLetter(headers));
    }

    [Theory]
    [InlineData(HeaderNames.Connect.Topic)]
    [InlineData(HeaderNames.Connect.Offset)]
    [InlineData(HeaderNames.Connect.Stage)]
    [InlineData(HeaderNames.Rule)]
    [InlineData(HeaderNames.Connect.ExceptionMessage)]
    public void ReadDeadLetter_WithoutAHeader_ThrowsAndNamesIt(string missing)
    {
        var headers = new List<RecordHeader>();
        ReasonHeaders.AddOrigin((n, v) => headers.Add(new(n, v)), "ingest", 3, 42, 0);
        ReasonHeaders.AddFailure((n, v) => headers.Add(new(n, v)), new ReadFailure("map", "time", "x"));
        headers.RemoveAll(h => h.Key == missing);

        Assert.Contains(missing, Assert.Throws<MessageFormatException>(() => TrustTopics.ReadDeadLetter(headers)).Message, StringComparison.Ordinal);
    }
}
