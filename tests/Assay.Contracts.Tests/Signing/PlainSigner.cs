using System.Security.Cryptography;
using Assay.Contracts.Signing;

namespace Assay.Contracts.Tests.Signing;

/// <summary>Signs with the runtime's own ECDSA, whose signatures differ from call to call.</summary>
internal sealed class PlainSigner : TrustSigner
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public PlainSigner() => PublicKey = new TrustPublicKey(_key);

    public override TrustPublicKey PublicKey { get; }

    protected override byte[] SignData(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
