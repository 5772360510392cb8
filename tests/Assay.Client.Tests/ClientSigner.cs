using System.Security.Cryptography;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;

namespace Assay.Client.Tests;

/// <summary>Signs with a key of its own, and gives messages as a consumer has them.</summary>
internal sealed class ClientSigner : TrustSigner
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ClientSigner() => PublicKey = new TrustPublicKey(_key);

    public override TrustPublicKey PublicKey { get; }

    public static InputRecord Consumed(SignedMessage message, long offset = 7) => new(
        offset, 0, Encoding.UTF8.GetBytes(message.Key), message.Value, [new RecordHeader(HeaderNames.Dsse, message.Signature)]);

    protected override byte[] SignData(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
