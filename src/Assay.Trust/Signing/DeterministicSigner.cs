using System.Security.Cryptography;
using Assay.Contracts.Signing;

namespace Assay.Trust.Signing;

/// <summary>Signs so that equal messages have equal signatures: what is published twice, or replayed, is equal to the byte.</summary>
public sealed class DeterministicSigner : TrustSigner
{
    private readonly Rfc6979 _ecdsa;

    /// <exception cref="FormatException">The key is not on P-256, or has no private half.</exception>
    public DeterministicSigner(ECDsa key)
    {
        PublicKey = new TrustPublicKey(key);
        try
        {
            _ecdsa = new Rfc6979(key.ExportParameters(includePrivateParameters: true).D!);
        }
        catch (CryptographicException e)
        {
            throw new FormatException("the key has no private half", e);
        }
    }

    public override TrustPublicKey PublicKey { get; }

    /// <summary>A signer with a new random key, which nothing keeps.</summary>
    public static DeterministicSigner Generate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new DeterministicSigner(key);
    }

    protected override byte[] SignData(byte[] data) => _ecdsa.Sign(data);
}
