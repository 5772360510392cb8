using Assay.Detection;
using Microsoft.Extensions.Configuration;

namespace Assay.Host.Settings;

/// <summary>Builds the set of detectors from <c>Detectors:&lt;id&gt;</c> sections and the list of those enabled.</summary>
public static class DetectorSettings
{
    public const string Section = "Detectors";

    /// <param name="enabled">Ids; empty for all.</param>
    /// <exception cref="SettingsException">An id is unknown, or an option is.</exception>
    public static DetectorSet Bind(IConfiguration configuration, IReadOnlyList<string> enabled)
    {
        var ids = DetectorCatalog.All.Select(f => f.Id).ToArray();
        var named = configuration.GetSection(Section).GetChildren().Select(c => c.Key).Concat(enabled);
        if (named.FirstOrDefault(id => !ids.Contains(id)) is { } unknown)
            throw new SettingsException($"No detector is called '{unknown}'; there are {string.Join(", ", ids)}.");
        return new DetectorSet(
        [
            .. DetectorCatalog.All
                .Where(f => enabled.Count == 0 || enabled.Contains(f.Id))
                .Select(f => new KeyValuePair<IDetectorFactory, object>(f, SettingsBinder.Bind(configuration, $"{Section}:{f.Id}", f.OptionsType))),
        ]);
    }
}
