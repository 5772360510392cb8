using System.Text;
using Assay.Contracts.Trust;
using Assay.Contracts.Wire;

namespace Assay.Contracts.Tests.Trust;

public sealed class TrustCodecTests
{
    [Fact]
    public void Write_OfADecision_IsThisCloudEvent() => Assert.Equal(
        """
        {"specversion":"1.0","source":"/assay/trust","id":"[\"svc-labels\",\"vendor/a\"]/3","type":"assay.decision.v1","datacontenttype":"application/json","data":{"identity":"svc-labels","source":"vendor/a","standing":"quarantined","epoch":3,"at":"ingest/3/42","onset":"ingest/3/17","detector":"label-slices","subject":"occupation=Exec-managerial","reason":"label >50K turned to <=50K where occupation=Exec-managerial, 15 records, 1.9 expected","evidence":{"M":212346,"A":200000},"frameworks":["AML.T0020","LLM05:2026"],"evidence_epoch":0}}
        """,
        Encoding.UTF8.GetString(TrustCodec.Write(Samples.Decision())));

    [Fact]
    public void ReadDecision_OfWhatWasWritten_GivesTheSame() =>
        Assert.Equivalent(
            Samples.Decision() with { Evidence = new DecisionEvidence(212_346, 200_000) },
            TrustCodec.ReadDecision(TrustCodec.Write(Samples.Decision())),
            strict: true);

    [Fact]
    public void ReadDecision_OfAPersonsDecision_HasNoDetectorAndNoOnset()
    {
        var decision = TrustCodec.ReadDecision(TrustCodec.Write(
            Samples.Decision() with { Standing = Standing.Trusted, Source = null, At = null, Onset = null, Detector = null, Subject = null }));

        Assert.Equal((Standing.Trusted, null, null, null), (decision.Standing, decision.At, decision.Onset, decision.Detector));
        Assert.Equal(new StandingKey("svc-labels"), decision.Key);
    }

    [Fact]
    public void ReadRecall_OfWhatWasWritten_GivesTheSame() =>
        Assert.Equivalent(Samples.Recall(), TrustCodec.ReadRecall(TrustCodec.Write(Samples.Recall())), strict: true);

    [Fact]
    public void Write_OfTwoRecallsOfOneDecision_GivesThemDifferentIds()
    {
        var first = Samples.Recall();
        var second = first with { Ranges = [first.Ranges[0] with { From = first.Ranges[0].To + 1, To = first.Ranges[0].To + 9 }] };
        Assert.Equal($"{first.Key}/{first.Epoch}/{first.Ranges[0].Topic}/{first.Ranges[0].Partition}/{first.Ranges[0].To}", Id(first));
        Assert.NotEqual(Id(first), Id(second));

        static string Id(Recall recall) => System.Text.Json.JsonDocument.Parse(TrustCodec.Write(recall)).RootElement.GetProperty("id").GetString()!;
    }

    [Fact]
    public void ReadHeartbeat_OfWhatWasWritten_GivesTheSame() =>
        Assert.Equal(Samples.Heartbeat(), TrustCodec.ReadHeartbeat(TrustCodec.Write(Samples.Heartbeat())));

    [Theory]
    [InlineData("\"quarantined\"", "\"shunned\"", "standing")]
    [InlineData("\"epoch\":3,", "", "epoch")]
    [InlineData("\"epoch\":3", "\"epoch\":0", "epoch")]
    [InlineData("\"identity\":\"svc-labels\"", "\"identity\":null", "identity")]
    [InlineData("\"identity\":\"svc-labels\"", "\"identity\":\"\"", "identity")]
    [InlineData("\"M\":212346", "\"M\":\"many\"", "M")]
    [InlineData("assay.decision.v1", "assay.decision.v2", "type")]
    public void ReadDecision_OfAChangedMessage_ThrowsAndNamesTheField(string from, string to, string named)
    {
        var text = Encoding.UTF8.GetString(TrustCodec.Write(Samples.Decision()));
        Assert.Contains(from, text, StringComparison.Ordinal);

        var error = Assert.Throws<MessageFormatException>(
            () => TrustCodec.ReadDecision(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadDecision_WithUnknownFields_PassesOverThem()
    {
        var text = Encoding.UTF8.GetString(TrustCodec.Write(Samples.Decision()))
            .Replace("\"epoch\":3", "\"epoch\":3,\"mood\":{\"x\":[1]}", StringComparison.Ordinal);

        Assert.Equal(3, TrustCodec.ReadDecision(Encoding.UTF8.GetBytes(text)).Epoch);
    }

    [Fact]
    public void ReadRecall_WithARangeThatRunsBackwards_Throws()
    {
        var recall = Samples.Recall() with { Ranges = [new RecallRange("ingest", 0, 9, 8)] };

        Assert.Contains("from 9 to 8", Assert.Throws<MessageFormatException>(
            () => TrustCodec.ReadRecall(TrustCodec.Write(recall))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("svc")]
    [InlineData("svc", "vendor/a")]
    [InlineData("[odd")]
    [InlineData("[\"svc\",\"vendor/a\"]")]
    [InlineData("é \"q\"", "\n")]
    public void StandingKey_OfAnyNames_ReadsBackAndStaysApart(string identity, string? source = null)
    {
        var key = new StandingKey(identity, source);

        Assert.Equal(key, StandingKey.Parse(key.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[\"a\",\"b\",\"c\"]")]
    public void StandingKeyParse_OfNoKey_Throws(string key) => Assert.Throws<FormatException>(() => StandingKey.Parse(key));

    [Fact]
    public void StandingNames_OfEveryStanding_ReadBack()
    {
        Assert.All(Enum.GetValues<Standing>(), s =>
        {
            Assert.True(StandingNames.TryParse(s.Name(), out var read));
            Assert.Equal(s, read);
        });
        Assert.False(StandingNames.TryParse("Trusted", out _));
    }
}
