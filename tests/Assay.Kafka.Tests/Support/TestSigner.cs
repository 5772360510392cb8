using System.Security.Cryptography;
using Assay.Contracts.Signing;

namespace Assay.Kafka.Tests.Support;

/// <summary>Signs with a key of its own.</summary>
internal sealed class TestSigner : TrustSigner
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestSigner() => PublicKey = new TrustPublicKey(_key);

    public override TrustPublicKey PublicKey { get; }

    protected override byte[] SignData(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
