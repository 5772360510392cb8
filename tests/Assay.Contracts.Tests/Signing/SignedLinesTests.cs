using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts.Signing;
using Assay.Contracts.Tests.Schemas;
using Assay.Contracts.Trust;

namespace Assay.Contracts.Tests.Signing;

public sealed class SignedLinesTests
{
    private readonly PlainSigner _signer = new();

    private TrustVerifier Verifier => new(_signer.PublicKey);

    [Fact]
    public void Verify_OfWrittenLines_IsGood()
    {
        foreach (var m in new[] { 0, 1e-7, 0.1, 212_345.678, 99_999.96, 1e15 / 3, 1.5e300 })
        {
            var decision = Samples.Decision() with { Evidence = new DecisionEvidence(m, 100_000) };
            Assert.Equal(SignatureCheck.Good, SignedLines.Verify(SignedLines.Write(decision, _signer), Verifier));
        }

        var bare = new Decision { Identity = "[é", Standing = Standing.Paused, Epoch = 1, Reason = "\u0001 \"quoted\" <&> 😀", Evidence = new DecisionEvidence(0, 1) };
        Assert.Equal(SignatureCheck.Good, SignedLines.Verify(SignedLines.Write(bare, _signer), Verifier));
        Assert.Equal(SignatureCheck.Good, SignedLines.Verify(SignedLines.Write(Samples.Recall(), _signer), Verifier));
    }

    [Fact]
    public void Verify_WithAnyByteFlipped_IsNotGood()
    {
        var verifier = Verifier;

        foreach (var line in new[] { SignedLines.Write(Samples.Decision(), _signer), SignedLines.Write(Samples.Recall(), _signer) })
            Assert.All(TrustVerifierTests.Flips(line), flipped => Assert.NotEqual(SignatureState.Good, SignedLines.Verify(flipped, verifier).State));
    }

    [Fact]
    public void Verify_WithSomethingAdded_IsNotGood()
    {
        var line = Encoding.UTF8.GetString(SignedLines.Write(Samples.Decision(), _signer));

        Assert.All(
            new[] { line + " ", " " + line, line + "\r", line.Replace("{\"identity\"", "{\"extra\":1,\"identity\"", StringComparison.Ordinal), line[..^1] + ",\"dsse\":{}}" },
            changed => Assert.NotEqual(SignatureState.Good, SignedLines.Verify(Encoding.UTF8.GetBytes(changed), Verifier).State));
    }

    [Fact]
    public void Write_OfADecision_IsItsLineWithTheEnvelopeBehindIt()
    {
        var line = JsonNode.Parse(SignedLines.Write(Samples.Decision(), _signer))!.AsObject();
        var envelope = line["dsse"]!.AsObject();
        var payload = Convert.FromBase64String((string)envelope["payload"]!);

        Assert.Equal("dsse", line.Last().Key);
        Assert.Equal(["payload", "payloadType", "signatures"], envelope.Select(p => p.Key));
        Assert.Equal(TrustCodec.Write(Samples.Decision()), payload);
        line.Remove("dsse");
        Assert.True(JsonNode.DeepEquals(line, JsonNode.Parse(payload)!["data"]));
    }

    [Fact]
    public void Write_OfSignedLines_FollowsTheSchemasOfTheFiles()
    {
        var errors = SchemaValidator.Validate(
        [
            ("replay-decisions.v1.json", JsonNode.Parse(SignedLines.Write(Samples.Decision(), _signer))),
            ("replay-recalls.v1.json", JsonNode.Parse(SignedLines.Write(Samples.Recall(), _signer))),
            ("signature-header.v1.json", JsonNode.Parse(SignedMessage.Of(Samples.Decision(), _signer).Signature)),
        ]);

        Assert.All(errors, error => Assert.Equal("", error));
    }

    [Theory]
    [InlineData("""{"identity":"svc"}""", SignatureState.Unsigned)]
    [InlineData("""{"identity":"svc","dsse":7}""", SignatureState.Bad)]
    [InlineData("", SignatureState.Bad)]
    [InlineData("[1]", SignatureState.Bad)]
    [InlineData("a,b,c", SignatureState.Bad)]
    public void Verify_OfALineWithoutAnEnvelope_SaysWhichItIs(string line, SignatureState expected)
    {
        var check = SignedLines.Verify(Encoding.UTF8.GetBytes(line), Verifier);

        Assert.Equal(expected, check.State);
        Assert.NotEmpty(check.Reason!);
    }

    [Fact]
    public void Verify_OfASignedHeartbeat_IsNoLine()
    {
        var payload = TrustCodec.Write(Samples.Heartbeat());
        var envelope = new JsonObject
        {
            ["payload"] = Convert.ToBase64String(payload),
            ["payloadType"] = Dsse.PayloadType,
            ["signatures"] = JsonNode.Parse(SignedMessage.Of(Samples.Heartbeat(), _signer).Signature)!["signatures"]!.DeepClone(),
        };

        var check = SignedLines.Verify(Encoding.UTF8.GetBytes(new JsonObject { ["dsse"] = envelope }.ToJsonString()), Verifier);

        Assert.Contains("assay.heartbeat.v1", check.Reason, StringComparison.Ordinal);
    }
}
