using Microsoft.Extensions.Configuration;

namespace Assay.Host.Settings;

/// <summary>Which mapping profile reads which input topic: <c>Topics:&lt;topic&gt;:Profile</c> = path of a profile file.</summary>
public sealed class TopicProfiles
{
    public const string Section = "Topics";

    private TopicProfiles(IReadOnlyDictionary<string, string> files) => Files = files;

    /// <summary>Profile path by topic, in order of topic.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <exception cref="SettingsException">A topic has no profile, or a key that is not known.</exception>
    public static TopicProfiles Bind(IConfiguration configuration)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var topic in configuration.GetSection(Section).GetChildren())
        {
            if (topic.GetChildren().FirstOrDefault(c => !c.Key.Equals("Profile", StringComparison.OrdinalIgnoreCase)) is { } unknown)
                throw new SettingsException($"{Section}:{topic.Key} has no key '{unknown.Key}'; it knows Profile.");
            files[topic.Key] = topic["Profile"] is { Length: > 0 } path
                ? path
                : throw new SettingsException($"{Section}:{topic.Key} names no profile; set {Section}:{topic.Key}:Profile to a file (see docs/profiles.md).");
        }

        return new TopicProfiles(files);
    }
}
