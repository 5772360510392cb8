using Assay.Contracts.Trust;

namespace Assay.Contracts.Signing;

/// <summary>A decision, recall or heartbeat ready for its topic.</summary>
/// <param name="Key">The message key, UTF-8.</param>
/// <param name="Value">A structured CloudEvent.</param>
/// <param name="Signature">Value of the header <see cref="Topics.HeaderNames.Dsse"/>.</param>
public sealed record SignedMessage(string Key, byte[] Value, byte[] Signature)
{
    public static SignedMessage Of(Decision decision, TrustSigner signer) => Of(decision.Key.ToString(), TrustCodec.Write(decision), signer);

    public static SignedMessage Of(Recall recall, TrustSigner signer) => Of(recall.Key.ToString(), TrustCodec.Write(recall), signer);

    public static SignedMessage Of(TrustHeartbeat heartbeat, TrustSigner signer) => Of(heartbeat.Key, TrustCodec.Write(heartbeat), signer);

    private static SignedMessage Of(string key, byte[] value, TrustSigner signer) => new(key, value, DsseEnvelope.Sign(value, signer).ToHeader());
}
