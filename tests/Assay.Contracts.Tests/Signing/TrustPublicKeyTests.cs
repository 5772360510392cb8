using System.Security.Cryptography;
using Assay.Contracts.Signing;

namespace Assay.Contracts.Tests.Signing;

public sealed class TrustPublicKeyTests
{
    /// <summary>The key of RFC 6979 A.2.5; its id was computed with openssl pkey -pubin -outform DER | sha256sum.</summary>
    private const string Pem =
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7
        Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==
        -----END PUBLIC KEY-----
        """;

    [Fact]
    public void FromPem_OfAPublicKey_KnowsItsIdAndPem()
    {
        var key = TrustPublicKey.FromPem(Pem);

        Assert.Equal("5a7a78cca4a0f420d9bc62bb669c3c2759e39f723d3ae10dcbe0f0815a07ecd4", key.KeyId);
        Assert.Equal(Pem.ReplaceLineEndings("\n"), key.Pem.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void FromPem_OfSomethingElse_SaysWhatWasFound()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        (string Pem, string Said)[] cases =
        [
            ("hello", "no PEM"),
            (p256.ExportPkcs8PrivateKeyPem(), "'PRIVATE KEY', not a 'PUBLIC KEY'"),
            (p384.ExportSubjectPublicKeyInfoPem(), "P-256"),
            (rsa.ExportSubjectPublicKeyInfoPem(), "no public key of ECDSA"),
            (Pem.Replace("MFkw", "MFkx", StringComparison.Ordinal), "no public key of ECDSA"),
        ];

        Assert.All(cases, c => Assert.Contains(c.Said, Assert.Throws<FormatException>(() => TrustPublicKey.FromPem(c.Pem)).Message, StringComparison.Ordinal));
    }
}
