using System.Security.Cryptography;

namespace Assay.Detection.ContentRules;

/// <summary>Public keys by name; verifies ECDSA signatures on P-256 over a SHA-256 digest (FIPS 186-5).</summary>
internal sealed class SignatureKeys
{
    private const int FixedLength = 64;

    // A DER signature on P-256 takes at most 72 bytes.
    private const int MaxLength = 72;

    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A PEM is no public key on P-256; the message names it.</exception>
    public SignatureKeys(IEnumerable<KeyValuePair<string, string>> pems)
    {
        foreach (var (name, pem) in pems)
            _keys.Add(name, Import(name, pem));
    }

    public int Count => _keys.Count;

    public bool Knows(string key) => _keys.ContainsKey(key);

    /// <param name="key">A key that is known.</param>
    /// <param name="signature">Base64 of r‖s (64 bytes, IEEE P1363) or of DER (RFC 3279).</param>
    public bool Verifies(string key, ReadOnlySpan<byte> digest, string signature)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (!Convert.TryFromBase64String(signature, bytes, out var length))
            return false;
        var format = length == FixedLength ? DSASignatureFormat.IeeeP1363FixedFieldConcatenation : DSASignatureFormat.Rfc3279DerSequence;
        return _keys[key].VerifyHash(digest, bytes[..length], format);
    }

    private static ECDsa Import(string name, string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256)
                return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new ArgumentException($"PublicKeys: '{name}' is no PEM of a public key: {e.Message}", nameof(pem), e);
        }

        key.Dispose();
        throw new ArgumentException($"PublicKeys: '{name}' is no key on P-256.", nameof(pem));
    }
}
