using System.Collections.Concurrent;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Mapping.Profiles;
using Assay.Mapping.Reading;

namespace Assay.Mapping;

/// <summary>The profiles of the topics that Assay reads. Topics may be added while readers are made; safe for many threads.</summary>
/// <param name="limits">Default: <see cref="ReadLimits.Default"/>.</param>
public sealed class ProfileRegistry(ReadLimits? limits = null) : IRecordReaderFactory
{
    private readonly ConcurrentDictionary<string, CompiledProfile> _topics = new(StringComparer.Ordinal);
    private readonly ReadLimits _limits = limits ?? ReadLimits.Default;
    private readonly StringPool _pool = new();

    /// <summary>Sets the profile of a topic, replacing an earlier one for readers made from now on.</summary>
    /// <param name="columns">Of a CSV whose profile lists none, as its header line gives them; null for JSON.</param>
    /// <exception cref="ProfileException">The profile does not fit the columns, or is CSV and has none.</exception>
    public void Add(string topic, Profile profile, IReadOnlyList<string>? columns = null) =>
        _topics[topic] = CompiledProfile.Create(profile, columns);

    /// <summary>The profile of a topic with what its format and columns decide filled in; null where there is none.</summary>
    public Profile? Find(string topic) => _topics.TryGetValue(topic, out var compiled) ? compiled.Profile : null;

    /// <inheritdoc/>
    public IRecordReader CreateReader(string topic, int partition) => new ProfileReader(Compiled(topic), topic, partition, _limits, _pool);

    /// <inheritdoc/>
    public IRecordRouter CreateRouter(string topic) => new ProfileRouter(Compiled(topic), topic, _limits, _pool);

    /// <inheritdoc/>
    public Assurance AssuranceOf(string topic) => Find(topic)?.Assurance ?? Assurance.SelfAsserted;

    private CompiledProfile Compiled(string topic) => _topics.TryGetValue(topic, out var compiled)
        ? compiled
        : throw new KeyNotFoundException(
            $"Topic '{topic}' has no profile; topics with one: {string.Join(", ", _topics.Keys.Order(StringComparer.Ordinal))}.");
}
