using System.Security.Cryptography;
using Assay.Contracts.Signing;
using Assay.Trust.Signing;

namespace Assay.Host.Settings;

/// <summary>Signing keys on disk. Messages name the setting, the file and what to do, and never show a key.</summary>
public static class KeyFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Reads a private key that nobody but its owner may read.</summary>
    /// <param name="setting">What named the file.</param>
    /// <param name="groupMayRead">Its group may read it too.</param>
    /// <exception cref="SettingsException">Not there, open to others, or no such key.</exception>
    public static DeterministicSigner ReadPrivate(string path, string setting, bool groupMayRead = false)
    {
        var pem = Read(path, setting, $"'assay keys create {path}' makes a key.", Guard);
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new SettingsException($"{setting}: '{path}' is encrypted, and nobody is there to type its password. 'openssl pkey -in {path} -out FILE' takes it off.");
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new DeterministicSigner(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new SettingsException($"{setting}: '{path}' holds no private key of ECDSA (PEM, PKCS#8). 'assay keys create FILE' makes one.", e);
        }
        catch (FormatException e)
        {
            throw new SettingsException($"{setting}: '{path}' cannot sign: {e.Message}. 'assay keys create FILE' makes a key that can.", e);
        }

        void Guard(FileStream file)
        {
            if (OperatingSystem.IsWindows())
                return;
            var mode = File.GetUnixFileMode(file.SafeFileHandle);
            if ((mode & ~(groupMayRead ? Owner | UnixFileMode.GroupRead : Owner)) != 0)
            {
                throw new SettingsException(
                    $"{setting}: '{path}' is open to others than its owner (mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}), and who can read it can sign. 'chmod 600 {path}' mends it.");
            }
        }
    }

    /// <param name="setting">What named the file.</param>
    /// <exception cref="SettingsException">Not there, or no such key.</exception>
    public static TrustPublicKey ReadPublic(string path, string setting)
    {
        try
        {
            return TrustPublicKey.FromPem(Read(path, setting, "'assay keys public' prints a public key.", _ => { }));
        }
        catch (FormatException e)
        {
            throw new SettingsException($"{setting}: '{path}' is no public key of ECDSA on P-256: {e.Message}. 'assay keys public' prints one.", e);
        }
    }

    /// <summary>Makes a key: the private half in a file that its owner alone may read, the public half beside it in <c>FILE.pub</c>.</summary>
    /// <exception cref="SettingsException">A file is there already, or cannot be written.</exception>
    public static TrustPublicKey Create(string path)
    {
        foreach (var taken in new[] { path, PublicOf(path) })
        {
            if (File.Exists(taken))
                throw new SettingsException($"'{taken}' exists and is left alone: what it signed could not be verified any more. Choose another name.");
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = new TrustPublicKey(key);
        try
        {
            Write(path, key.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Write(PublicOf(path), publicKey.Pem, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The key cannot be written: {e.Message}", e);
        }

        return publicKey;
    }

    public static string PublicOf(string path) => path + ".pub";

    private static string Read(string path, string setting, string remedy, Action<FileStream> guard)
    {
        try
        {
            using var file = File.OpenRead(path);
            guard(file);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsException($"{setting}: '{path}' does not exist. {remedy}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{setting}: '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static void Write(string path, string pem, UnixFileMode? mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (mode is not null && !OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using var writer = new StreamWriter(path, options);
        writer.Write(pem + "\n");
    }
}
