using Assay.Contracts.Signing;
using Assay.Trust.Signing;

namespace Assay.Host.Settings;

/// <summary>The key that signs in this process, and those whose signatures it accepts.</summary>
public sealed record SigningKeys(TrustSigner Signer, TrustVerifier Verifier)
{
    private const string KeyFile = $"{SigningOptions.Section}:{nameof(SigningOptions.KeyFile)}";
    private const string PublicKeyFiles = $"{SigningOptions.Section}:{nameof(SigningOptions.PublicKeyFiles)}";

    /// <summary>For a real Kafka, whose readers must know the key beforehand.</summary>
    /// <exception cref="SettingsException">No key is set, or a file cannot be used.</exception>
    public static SigningKeys Load(SigningOptions options) => Of(
        Signing(options)
            ?? throw new SettingsException($"{KeyFile} is not set, and on a real Kafka decisions are signed. 'assay keys create FILE' makes a key; all silos of a cluster share one."),
        options);

    /// <summary>For what ends with the process: without a key file, a key that nothing keeps.</summary>
    /// <exception cref="SettingsException">A file cannot be used.</exception>
    public static SigningKeys LoadOrGenerate(SigningOptions options) => Of(Signing(options) ?? DeterministicSigner.Generate(), options);

    /// <summary>The keys that a reader accepts: those given, else those of the settings.</summary>
    /// <param name="files">Paths given on the command line.</param>
    /// <exception cref="SettingsException">There is none, or a file cannot be used.</exception>
    public static TrustVerifier Accepted(SigningOptions options, IReadOnlyCollection<string> files)
    {
        if (files.Count > 0)
            return new TrustVerifier(files.Select(file => KeyFiles.ReadPublic(file, "--keys")));
        TrustPublicKey[] own = Signing(options) is { } signer ? [signer.PublicKey] : [];
        TrustPublicKey[] keys = [.. own, .. Further(options)];
        return keys.Length > 0
            ? new TrustVerifier(keys)
            : throw new SettingsException($"No public key to verify with: give --keys FILE, or settings with {KeyFile} or {PublicKeyFiles}.");
    }

    /// <summary>The public half of the key that the settings name.</summary>
    /// <exception cref="SettingsException">None is named, or the file cannot be used.</exception>
    public static TrustPublicKey Public(SigningOptions options) =>
        Signing(options)?.PublicKey ?? throw new SettingsException($"{KeyFile} is not set: there is no key whose public half could be shown.");

    private static SigningKeys Of(TrustSigner signer, SigningOptions options) => new(signer, new TrustVerifier([signer.PublicKey, .. Further(options)]));

    private static DeterministicSigner? Signing(SigningOptions options) =>
        string.IsNullOrWhiteSpace(options.KeyFile) ? null : KeyFiles.ReadPrivate(options.KeyFile, KeyFile, options.GroupMayRead);

    private static IEnumerable<TrustPublicKey> Further(SigningOptions options) => options.PublicKeyFiles.Select(file => KeyFiles.ReadPublic(file, PublicKeyFiles));
}
