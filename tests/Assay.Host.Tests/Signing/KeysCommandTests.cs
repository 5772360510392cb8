using Assay.Host.Settings;
using Assay.Host.Tests.EndToEnd;
using Assay.Host.Tests.Replay;

namespace Assay.Host.Tests.Signing;

[Collection(CommandLine.Collection)]
public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Create_ThenPublic_ShowsThePublicHalfOfTheFile()
    {
        var created = (await CommandLine.Run("keys", "create", _folder["key.pem"])).Ended(0).Output;
        var shown = (await CommandLine.Run("keys", "public", "--set", $"Signing:KeyFile={_folder["key.pem"]}")).Ended(0).Output;

        Assert.Equal(File.ReadAllText(_folder["key.pem.pub"]), shown);
        Assert.Contains(KeyFiles.ReadPublic(_folder["key.pem.pub"], "K").KeyId, created, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OverAKey_EndsWith2UnlessItIsToBeKept()
    {
        (await CommandLine.Run("keys", "create", _folder["key.pem"])).Ended(0);
        var before = File.ReadAllText(_folder["key.pem"]);

        Assert.Contains("left alone", (await CommandLine.Run("keys", "create", _folder["key.pem"])).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("is kept", (await CommandLine.Run("keys", "create", _folder["key.pem"], "--keep")).Ended(0).Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder["key.pem"]));
    }

    [Fact]
    public async Task Create_InAFolderThatIsNotThere_EndsWith2() =>
        Assert.Contains("cannot be written", (await CommandLine.Run("keys", "create", _folder["no/key.pem"])).Ended(2).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Public_WithoutAKeyFile_EndsWith2() =>
        Assert.Contains("Signing:KeyFile", (await CommandLine.Run("keys", "public")).Ended(2).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Run_OnARealKafkaWithoutAKey_EndsWith2()
    {
        var outcome = (await CommandLine.Run(
            "run", "--plain", "--set", "Kafka:BootstrapServers=127.0.0.1:1", "--set", $"Topics:x:Profile={Architecture.Repository.At("docs", "examples", "profiles", "record.json")}")).Ended(2);

        Assert.Contains("assay keys create", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
