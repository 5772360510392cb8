using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Assay.Trust.Signing;

/// <summary>
/// Deterministic ECDSA on P-256 with SHA-256 (RFC 6979): the nonce comes from key and message, so that equal messages have equal signatures and no bad
/// random number can give the key away.
/// </summary>
internal sealed class Rfc6979
{
    private static readonly ECDomainParameters P256 = new(SecNamedCurves.GetByOid(SecObjectIdentifiers.SecP256r1));
    private readonly ECPrivateKeyParameters _key;

    /// <param name="d">The private key, 32 bytes, big-endian.</param>
    public Rfc6979(byte[] d) => _key = new ECPrivateKeyParameters(new BigInteger(1, d), P256);

    /// <returns>DER (RFC 3279).</returns>
    public byte[] Sign(byte[] data)
    {
        var signer = new DsaDigestSigner(new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest())), new Sha256Digest());
        signer.Init(forSigning: true, _key);
        signer.BlockUpdate(data, 0, data.Length);
        return signer.GenerateSignature();
    }
}
