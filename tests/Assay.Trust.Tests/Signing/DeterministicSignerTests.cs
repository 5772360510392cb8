using System.Security.Cryptography;
using Assay.Trust.Signing;

namespace Assay.Trust.Tests.Signing;

public sealed class DeterministicSignerTests
{
    [Fact]
    public void Sign_TheSameTwice_GivesTheSameBytes()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var first = new DeterministicSigner(key).Sign("payload"u8);
        var second = new DeterministicSigner(key).Sign("payload"u8);

        Assert.Equal(first.Bytes, second.Bytes);
        Assert.NotEqual(first.Bytes, new DeterministicSigner(key).Sign("Payload"u8).Bytes);
    }

    [Fact]
    public void Sign_OfAPayload_IsVerifiedByThePublicKeyOverTheEncoding()
    {
        var signer = DeterministicSigner.Generate();

        var signature = signer.Sign("payload"u8);

        Assert.Equal(signer.PublicKey.KeyId, signature.KeyId);
        Assert.True(signer.PublicKey.Verifies("DSSEv1 28 application/cloudevents+json 7 payload"u8, signature.Bytes));
    }

    [Fact]
    public void Create_WithAnotherCurveOrAPublicKeyAlone_Throws()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var half = ECDsa.Create();
        half.ImportFromPem(DeterministicSigner.Generate().PublicKey.Pem);

        Assert.Contains("P-256", Assert.Throws<FormatException>(() => new DeterministicSigner(other)).Message, StringComparison.Ordinal);
        Assert.Contains("private half", Assert.Throws<FormatException>(() => new DeterministicSigner(half)).Message, StringComparison.Ordinal);
    }
}
