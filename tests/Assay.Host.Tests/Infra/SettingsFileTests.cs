using System.Text.RegularExpressions;
using Assay.Host.Settings;
using Assay.Host.Tests.Architecture;
using Assay.Mapping.Profiles;

namespace Assay.Host.Tests.Infra;

/// <summary>The settings of the deployments, file and environment together, are settings that the program takes.</summary>
public sealed partial class SettingsFileTests
{
    /// <summary>Settings file, folder of its profiles, and the file that sets the environment.</summary>
    public static TheoryData<string, string, string> Deployments => new()
    {
        { "infra/compose/settings.json", "src/Assay.Host/Traffic/Profiles", "docker-compose.yml" },
        { "infra/kubernetes/overlays/example/settings.json", "infra/kubernetes/overlays/example/profiles", "infra/kubernetes/base/deployment.yaml" },
    };

    [Theory, MemberData(nameof(Deployments))]
    public void Settings_OfADeployment_LoadAndTheirProfilesExist(string file, string profiles, string environment)
    {
        string[] variables = [.. Variable().Matches(File.ReadAllText(Repository.At(environment)) + File.ReadAllText(Repository.At("Dockerfile"))).Select(m => m.Groups[1].Value).Distinct()];
        Assert.NotEmpty(variables);
        var settings = AssaySettings.Load(new FileInfo(Repository.At(file)), variables.Select(v => $"{v}={Sample(v)}"));
        Assert.True(settings.HasKafka);
        Assert.NotNull(settings.Redis);
        Assert.NotEmpty(settings.Profiles.Files);
        Assert.All(settings.Profiles.Files.Values, path => Profile.Load(Repository.At(profiles, Path.GetFileName(path))));
    }

    private static string Sample(string variable) => variable.Split("__")[^1] switch
    {
        "Address" or "AdvertisedAddress" => "10.0.0.1",
        "Endpoints" => "redis:6379",
        "DefaultMode" => "Enforce",
        "GroupMayRead" => "true",
        _ => "sample",
    };

    [GeneratedRegex("ASSAY__([A-Za-z_]+)")]
    private static partial Regex Variable();
}
