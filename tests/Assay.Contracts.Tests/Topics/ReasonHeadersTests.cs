using System.Buffers.Binary;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Tests.Topics;

public sealed class ReasonHeadersTests
{
    [Fact]
    public void AddVerdict_WithTwoReasons_RepeatsTheReasonHeader()
    {
        var headers = new List<RecordHeader>();

        ReasonHeaders.AddVerdict((n, v) => headers.Add(new(n, v)), "ingest", 3, Samples.Verdict() with { Reasons = ["one", "two"] });

        Assert.Equal(
            [("assay-verdict", "hold"), ("assay-score", "3.14159"), ("assay-reason", "one"), ("assay-reason", "two"), ("assay-id", "ingest/3/42")],
            headers.Select(Text));
    }

    [Fact]
    public void AddOriginAndFailure_OfADeadLetter_SpeakConnectAndSpring()
    {
        var headers = new List<RecordHeader>();

        ReasonHeaders.AddOrigin((n, v) => headers.Add(new(n, v)), "ingest", 3, 42, 1_700_000_000_000);
        ReasonHeaders.AddFailure((n, v) => headers.Add(new(n, v)), new ReadFailure(ReadFailure.Stages.Map, "features/age", "'old' is no number"));

        Assert.Equal(
            [
                ("__connect.errors.topic", "ingest"),
                ("__connect.errors.partition", "3"),
                ("__connect.errors.offset", "42"),
                ("kafka_dlt-original-topic", "ingest"),
                ("__connect.errors.stage", "map"),
                ("__connect.errors.exception.class.name", "assay.features/age"),
                ("__connect.errors.exception.message", "'old' is no number"),
                ("assay-rule", "features/age"),
            ],
            headers.Where(h => h.Value!.Length is not (4 or 8) || !h.Key.StartsWith("kafka_dlt", StringComparison.Ordinal)).Select(Text));
        Assert.Equal(3, BinaryPrimitives.ReadInt32BigEndian(headers.Single(h => h.Key == "kafka_dlt-original-partition").Value));
        Assert.Equal(42, BinaryPrimitives.ReadInt64BigEndian(headers.Single(h => h.Key == "kafka_dlt-original-offset").Value));
        Assert.Equal(1_700_000_000_000, BinaryPrimitives.ReadInt64BigEndian(headers.Single(h => h.Key == "kafka_dlt-original-timestamp").Value));
    }

    [Theory]
    [InlineData(VerdictKind.Admit)]
    [InlineData(VerdictKind.Hold)]
    [InlineData(VerdictKind.Reject)]
    [InlineData(VerdictKind.DeadLetter)]
    public void AddVerdict_OfEachKind_WritesItsWord(VerdictKind kind)
    {
        var headers = new List<RecordHeader>();

        ReasonHeaders.AddVerdict((n, v) => headers.Add(new(n, v)), "ingest", 3, Samples.Verdict(kind: kind));

        Assert.Equal(kind.Name(), Text(headers[0]).Item2);
    }

    private static (string, string) Text(RecordHeader header) => (header.Key, Encoding.UTF8.GetString(header.Value!));
}
