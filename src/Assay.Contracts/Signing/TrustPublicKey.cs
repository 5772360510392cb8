using System.Security.Cryptography;

namespace Assay.Contracts.Signing;

/// <summary>The public half of a signing key: ECDSA on P-256. Safe for several threads.</summary>
public sealed class TrustPublicKey
{
    private const string Label = "PUBLIC KEY";

    // RFC 5480: id-ecPublicKey, secp256r1, uncompressed point of 64 bytes.
    private static readonly byte[] P256Head = Convert.FromHexString("3059301306072A8648CE3D020106082A8648CE3D03010703420004");
    private const int P256Length = 91;

    private readonly Lock _lock = new();
    private readonly ECDsa _key;

    /// <param name="key">Public and private keys are taken; only the public half is kept.</param>
    /// <exception cref="FormatException">Not on P-256.</exception>
    public TrustPublicKey(ECDsa key)
    {
        var info = key.ExportSubjectPublicKeyInfo();
        if (info.Length != P256Length || !info.AsSpan().StartsWith(P256Head))
            throw new FormatException("the key is not on the curve P-256");
        _key = ECDsa.Create();
        _key.ImportSubjectPublicKeyInfo(info, out _);
        KeyId = Convert.ToHexStringLower(SHA256.HashData(info));
        Pem = PemEncoding.WriteString(Label, info);
    }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo in DER, 64 lower-case hexadecimal digits.</summary>
    public string KeyId { get; }

    /// <summary>SubjectPublicKeyInfo between <c>BEGIN PUBLIC KEY</c> and <c>END PUBLIC KEY</c>, without a line break at the end.</summary>
    public string Pem { get; }

    /// <exception cref="FormatException">No PEM of a public key on P-256; the text says what was found.</exception>
    public static TrustPublicKey FromPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var found))
            throw new FormatException("no PEM was found");
        if (pem.AsSpan()[found.Label] is not Label)
            throw new FormatException($"the PEM holds a '{pem[found.Label]}', not a '{Label}'");
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new FormatException("the PEM holds no public key of ECDSA", e);
        }

        return new TrustPublicKey(key);
    }

    /// <param name="data">What was signed, not its digest.</param>
    /// <param name="signature">DER.</param>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_lock)
            return _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
