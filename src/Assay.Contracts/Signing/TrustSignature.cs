namespace Assay.Contracts.Signing;

/// <summary>One signature over a message.</summary>
/// <param name="KeyId">Which key made it: <see cref="TrustPublicKey.KeyId"/>.</param>
/// <param name="Bytes">ECDSA on P-256 over SHA-256 of <see cref="Dsse.Encode"/>, in DER (RFC 3279), as openssl and most libraries write it.</param>
public readonly record struct TrustSignature(string KeyId, byte[] Bytes);
