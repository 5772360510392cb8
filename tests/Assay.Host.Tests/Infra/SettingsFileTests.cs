using Assay.Host.Settings;
using Assay.Host.Tests.Architecture;
using Assay.Mapping.Profiles;

namespace Assay.Host.Tests.Infra;

/// <summary>The settings files of the deployments are settings that the program takes.</summary>
public sealed class SettingsFileTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "infra/compose/settings.json", "src/Assay.Host/Traffic/Profiles" },
        { "infra/kubernetes/overlays/example/settings.json", "infra/kubernetes/overlays/example/profiles" },
    };

    [Theory, MemberData(nameof(Files))]
    public void Settings_OfADeployment_LoadAndTheirProfilesExist(string file, string profiles)
    {
        var settings = AssaySettings.Load(new FileInfo(Repository.At(file)), ["Kafka:SaslPassword=secret"]);
        Assert.True(settings.HasKafka);
        Assert.NotEmpty(settings.Profiles.Files);
        Assert.All(settings.Profiles.Files.Values, path => Profile.Load(Repository.At(profiles, Path.GetFileName(path))));
    }
}
