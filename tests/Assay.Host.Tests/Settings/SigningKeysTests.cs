using System.Security.Cryptography;
using Assay.Contracts.Signing;
using Assay.Host.Settings;
using Assay.Host.Tests.Replay;

namespace Assay.Host.Tests.Settings;

public sealed class SigningKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Create_OfAKey_WritesBothHalvesAndThePrivateOneForItsOwnerAlone()
    {
        var key = KeyFiles.Create(_folder["key.pem"]);

        Assert.Equal(key.KeyId, KeyFiles.ReadPrivate(_folder["key.pem"], "K").PublicKey.KeyId);
        Assert.Equal(key.KeyId, KeyFiles.ReadPublic(_folder["key.pem.pub"], "K").KeyId);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["key.pem"]));
    }

    [Theory]
    [InlineData("key.pem")]
    [InlineData("key.pem.pub")]
    public void Create_WhereAFileIs_LeavesItAlone(string taken)
    {
        _folder.Write(taken, "precious");

        Assert.Contains(taken, Assert.Throws<SettingsException>(() => KeyFiles.Create(_folder["key.pem"])).Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_folder[taken]));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(_folder[taken])!));
    }

    [Fact]
    public void Load_WithoutAKeyFile_IsRefusedAndSaysHowToMakeOne()
    {
        var message = Assert.Throws<SettingsException>(() => SigningKeys.Load(new SigningOptions())).Message;

        Assert.Contains("Signing:KeyFile", message, StringComparison.Ordinal);
        Assert.Contains("assay keys create", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void Load_OfAKeyThatOthersMayRead_IsRefused(UnixFileMode open)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs Unix permissions.");
        KeyFiles.Create(_folder["key.pem"]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder["key.pem"], UnixFileMode.UserRead | UnixFileMode.UserWrite | open);

        Refused(_folder["key.pem"], "chmod 600");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.GroupWrite, false)]
    [InlineData(UnixFileMode.OtherRead, false)]
    public void Load_WhereAGroupMayRead_TakesThatAndNoMore(UnixFileMode open, bool taken)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs Unix permissions.");
        KeyFiles.Create(_folder["key.pem"]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder["key.pem"], UnixFileMode.UserRead | open);
        var options = new SigningOptions { KeyFile = _folder["key.pem"], GroupMayRead = true };

        if (taken)
            Assert.NotEmpty(SigningKeys.Load(options).Signer.PublicKey.KeyId);
        else
            Assert.Throws<SettingsException>(() => SigningKeys.Load(options));
    }

    [Fact]
    public void Load_OfWhatIsNoSuchKey_NamesTheSettingTheFileAndWhatToDo()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encrypted = p256.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1_000));

        Refused(_folder["none.pem"], "does not exist");
        Refused(Private("p384.pem", p384.ExportPkcs8PrivateKeyPem()), "P-256");
        Refused(Private("public.pem", p256.ExportSubjectPublicKeyInfoPem()), "private half");
        Refused(Private("text.pem", "hello"), "holds no private key");
        Refused(Private("encrypted.pem", encrypted), "openssl pkey");
    }

    [Fact]
    public void Load_OfAKeyOfOpensslsOlderForm_Works()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(
            new TrustPublicKey(p256).KeyId,
            SigningKeys.Load(new SigningOptions { KeyFile = Private("old.pem", p256.ExportECPrivateKeyPem()) }).Signer.PublicKey.KeyId);
    }

    [Fact]
    public void Load_WithFurtherPublicKeys_AcceptsThemToo()
    {
        var (own, old) = (KeyFiles.Create(_folder["new.pem"]), KeyFiles.Create(_folder["old.pem"]));

        var keys = SigningKeys.Load(new SigningOptions { KeyFile = _folder["new.pem"], PublicKeyFiles = [_folder["old.pem.pub"]] });

        Assert.Equal(own.KeyId, keys.Signer.PublicKey.KeyId);
        Assert.Equal(new[] { own.KeyId, old.KeyId }.Order(StringComparer.Ordinal), keys.Verifier.KeyIds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Load_WithAPublicKeyFileThatIsNone_NamesIt()
    {
        KeyFiles.Create(_folder["key.pem"]);

        var message = Assert.Throws<SettingsException>(
            () => SigningKeys.Load(new SigningOptions { KeyFile = _folder["key.pem"], PublicKeyFiles = [_folder["key.pem"]] })).Message;

        Assert.Contains("Signing:PublicKeyFiles", message, StringComparison.Ordinal);
        Assert.Contains("'PRIVATE KEY', not a 'PUBLIC KEY'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("MIG", message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadOrGenerate_WithoutAKeyFile_MakesAnotherKeyEachTime() => Assert.NotEqual(
        SigningKeys.LoadOrGenerate(new SigningOptions()).Signer.PublicKey.KeyId, SigningKeys.LoadOrGenerate(new SigningOptions()).Signer.PublicKey.KeyId);

    [Theory]
    [InlineData("Signing:HeartbeatInterval=00:00:00", "HeartbeatInterval")]
    [InlineData("Signing:HeartbeatValidity=00:00:10", "HeartbeatValidity: must be longer than HeartbeatInterval")]
    [InlineData("Signing:KeyFil=x", "KeyFile")]
    public void Load_OfSettingsThatCannotBe_NamesTheKey(string set, string said) =>
        Assert.Contains(said, Assert.Throws<SettingsException>(() => AssaySettings.Load(null, [set])).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private string Private(string name, string pem)
    {
        _folder.Write(name, pem);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return _folder[name];
    }

    private static void Refused(string file, string said)
    {
        var message = Assert.Throws<SettingsException>(() => SigningKeys.Load(new SigningOptions { KeyFile = file })).Message;

        Assert.StartsWith($"Signing:KeyFile: '{file}'", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }
}
