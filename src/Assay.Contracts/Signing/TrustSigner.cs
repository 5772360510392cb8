namespace Assay.Contracts.Signing;

/// <summary>Holds a private key and signs messages. Safe for several threads.</summary>
public abstract class TrustSigner
{
    /// <summary>The key that verifies what this one signs.</summary>
    public abstract TrustPublicKey PublicKey { get; }

    /// <summary>Signs a structured CloudEvent, byte for byte as it is published.</summary>
    public TrustSignature Sign(ReadOnlySpan<byte> payload) => new(PublicKey.KeyId, SignData(Dsse.Encode(Dsse.PayloadType, payload)));

    /// <returns>ECDSA over SHA-256 of the data, in DER; equal for equal data.</returns>
    protected abstract byte[] SignData(byte[] data);
}
