using Assay.Mapping;
using Assay.Mapping.Profiles;

namespace Assay.Host.Traffic;

/// <summary>The mapping profiles of the generated topics, built into the program.</summary>
public static class TrafficProfiles
{
    /// <summary>Profiles of all generated topics.</summary>
    public static ProfileRegistry Registry()
    {
        var registry = new ProfileRegistry();
        foreach (var topic in TrafficTopics.All)
            registry.Add(topic, Load(topic));
        return registry;
    }

    /// <param name="topic">One of <see cref="TrafficTopics.All"/>.</param>
    /// <exception cref="KeyNotFoundException">The generator has no such topic.</exception>
    public static Profile Load(string topic)
    {
        var name = $"Assay.Host.Traffic.Profiles.{topic}.json";
        using var stream = typeof(TrafficProfiles).Assembly.GetManifestResourceStream(name)
            ?? throw new KeyNotFoundException($"The generator has no topic '{topic}'; it has {string.Join(", ", TrafficTopics.All)}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Profile.Parse(copy.ToArray(), $"built-in profile of {topic}");
    }
}
