using Assay.Contracts.Wire;

namespace Assay.Contracts.Signing;

/// <summary>
/// Checks signatures against the public keys that are accepted: more than one while a key is being replaced. Safe for several threads.
/// </summary>
public sealed class TrustVerifier
{
    private const int ShownDigits = 12;
    private readonly Dictionary<string, TrustPublicKey> _keys = new(StringComparer.Ordinal);

    /// <param name="keys">1 or more; repeats are one key.</param>
    /// <exception cref="ArgumentException">There is no key: nothing could ever be accepted.</exception>
    public TrustVerifier(params IEnumerable<TrustPublicKey> keys)
    {
        foreach (var key in keys)
            _keys[key.KeyId] = key;
        if (_keys.Count == 0)
            throw new ArgumentException("A verifier needs at least one public key.", nameof(keys));
    }

    /// <summary>Ids of the keys that are accepted, in no particular order.</summary>
    public IReadOnlyCollection<string> KeyIds => _keys.Keys;

    /// <summary>A message of Kafka.</summary>
    /// <param name="payload">The value.</param>
    /// <param name="header">Value of the header <see cref="Topics.HeaderNames.Dsse"/>; null where the message has none.</param>
    public SignatureCheck CheckMessage(ReadOnlySpan<byte> payload, byte[]? header)
    {
        if (header is null)
            return SignatureCheck.Unsigned($"the message has no {Topics.HeaderNames.Dsse} header");
        try
        {
            return Check(payload, DsseEnvelope.Parse(header));
        }
        catch (MessageFormatException e)
        {
            return SignatureCheck.Bad(e.Message);
        }
    }

    /// <summary>Good where one signature is good: DSSE lets a message carry those of several keys.</summary>
    /// <param name="payload">What is signed, whatever payload the envelope itself may carry.</param>
    public SignatureCheck Check(ReadOnlySpan<byte> payload, DsseEnvelope envelope)
    {
        if (envelope.PayloadType != Dsse.PayloadType)
            return SignatureCheck.Bad($"payloadType is '{envelope.PayloadType}', expected '{Dsse.PayloadType}'");
        var signed = Dsse.Encode(envelope.PayloadType, payload);
        var known = false;
        foreach (var signature in envelope.Signatures)
        {
            if (!_keys.TryGetValue(signature.KeyId, out var key))
                continue;
            known = true;
            if (key.Verifies(signed, signature.Bytes))
                return SignatureCheck.Good;
        }

        return SignatureCheck.Bad(known
            ? "the signature is not over this message"
            : $"the key {Shown(envelope.Signatures[0].KeyId)} is not accepted; accepted: {string.Join(", ", _keys.Keys.Order(StringComparer.Ordinal).Select(Shown))}");
    }

    private static string Shown(string keyId) => keyId.Length > ShownDigits ? keyId[..ShownDigits] + "…" : keyId;
}
