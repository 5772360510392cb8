using System.Text;
using Assay.Contracts.Signing;
using Assay.Contracts.Trust;

namespace Assay.Contracts.Tests.Signing;

public sealed class TrustVerifierTests
{
    private readonly PlainSigner _signer = new();

    [Fact]
    public void Check_OfASignedMessage_IsGood()
    {
        var verifier = new TrustVerifier(_signer.PublicKey);

        foreach (var message in new[]
                 {
                     SignedMessage.Of(Samples.Decision(), _signer), SignedMessage.Of(Samples.Recall(), _signer), SignedMessage.Of(Samples.Heartbeat(), _signer),
                 })
            Assert.Equal(SignatureCheck.Good, verifier.CheckMessage(message.Value, message.Signature));
    }

    [Fact]
    public void Check_WithAnyByteFlipped_IsBad()
    {
        var verifier = new TrustVerifier(_signer.PublicKey);
        var message = SignedMessage.Of(Samples.Decision(), _signer);

        Assert.All(Flips(message.Value), value => Assert.Equal(SignatureState.Bad, verifier.CheckMessage(value, message.Signature).State));
        Assert.All(Flips(message.Signature), header => Assert.Equal(SignatureState.Bad, verifier.CheckMessage(message.Value, header).State));
    }

    [Fact]
    public void Check_WithTheSignatureOfAnotherMessage_IsBad()
    {
        var verifier = new TrustVerifier(_signer.PublicKey);
        var older = SignedMessage.Of(Samples.Decision() with { Standing = Standing.Trusted, Epoch = 2 }, _signer);

        var check = verifier.CheckMessage(SignedMessage.Of(Samples.Decision(), _signer).Value, older.Signature);

        Assert.Equal((SignatureState.Bad, "the signature is not over this message"), (check.State, check.Reason));
    }

    [Fact]
    public void Check_DuringAChangeOfKeys_AcceptsBothAndNoThird()
    {
        var next = new PlainSigner();
        var verifier = new TrustVerifier(_signer.PublicKey, next.PublicKey);
        var third = SignedMessage.Of(Samples.Recall(), new PlainSigner());

        Assert.All(new[] { _signer, next }, signer =>
        {
            var message = SignedMessage.Of(Samples.Recall(), signer);
            Assert.Equal(SignatureState.Good, verifier.CheckMessage(message.Value, message.Signature).State);
        });
        var check = verifier.CheckMessage(third.Value, third.Signature);
        Assert.Equal(SignatureState.Bad, check.State);
        Assert.Contains("is not accepted", check.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OfAnEnvelopeWithSeveralSignatures_IsGoodWhereOneIs()
    {
        var value = TrustCodec.Write(Samples.Decision());
        var header = new DsseEnvelope(Dsse.PayloadType, [new PlainSigner().Sign(value), _signer.Sign(value)]).ToHeader();

        Assert.Equal(SignatureState.Good, new TrustVerifier(_signer.PublicKey).CheckMessage(value, header).State);
    }

    [Fact]
    public void Check_WithoutAHeader_IsUnsigned() =>
        Assert.Equal(SignatureState.Unsigned, new TrustVerifier(_signer.PublicKey).CheckMessage(TrustCodec.Write(Samples.Decision()), null).State);

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("[]", "not an object")]
    [InlineData("{}", "payloadType")]
    [InlineData("""{"payloadType":"application/cloudevents+json","signatures":[]}""", "1 to 16 signatures")]
    [InlineData("""{"payloadType":"application/cloudevents+json","signatures":[{"sig":"AAAA"}]}""", "keyid")]
    [InlineData("""{"payloadType":"application/cloudevents+json","signatures":[{"keyid":"a","sig":"AB=="}]}""", "base64")]
    [InlineData("""{"payloadType":"application/cloudevents+json","signatures":[{"keyid":"a","sig":7}]}""", "base64")]
    [InlineData("""{"payloadType":"text/plain","signatures":[{"keyid":"a","sig":"AAAA"}]}""", "payloadType is 'text/plain'")]
    [InlineData("""{"payloadType":"application/cloudevents+json","signatures":[{"keyid":"a","sig":"AAAA"}]} x""", "follows")]
    public void Check_WithAHeaderThatIsNoEnvelope_IsBadAndSaysWhy(string header, string reason)
    {
        var check = new TrustVerifier(_signer.PublicKey).CheckMessage("{}"u8, Encoding.UTF8.GetBytes(header));

        Assert.Equal(SignatureState.Bad, check.State);
        Assert.Contains(reason, check.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithoutAKey_Throws() => Assert.Throws<ArgumentException>(() => new TrustVerifier());

    /// <summary>Each byte changed once in its lowest bit and once in its highest.</summary>
    internal static IEnumerable<byte[]> Flips(byte[] data)
    {
        for (var i = 0; i < data.Length * 2; i++)
        {
            byte[] flipped = [.. data];
            flipped[i / 2] ^= i % 2 == 0 ? (byte)1 : (byte)0x80;
            yield return flipped;
        }
    }
}
