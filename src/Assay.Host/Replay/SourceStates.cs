using System.Collections.Concurrent;
using System.Globalization;
using Assay.Contracts.Ports;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Grains.Sources;
using Assay.Host.Settings;

namespace Assay.Host.Replay;

/// <summary>Notes which shards gave verdicts.</summary>
internal sealed class SourceList : FlowObserver
{
    private readonly ConcurrentDictionary<SourceId, bool> _seen = new();

    public IEnumerable<SourceId> Seen => _seen.Keys.OrderBy(id => id.ToString(), StringComparer.Ordinal);

    public override void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts) =>
        _seen.TryAdd(new SourceId(topic, partition, source), true);

    public override void Fault(string area, string message) => Console.Error.WriteLine($"{area}: {message}");

    public override void Recovered(string area) => Console.Error.WriteLine($"{area}: works again");
}

/// <summary>The state of shards at the end: in files for <c>assay state show</c>, and what it says for the summary.</summary>
internal static class SourceStates
{
    /// <summary>Makes the directory, before anything is streamed that could then not be kept.</summary>
    /// <exception cref="SettingsException">The directory cannot be made.</exception>
    public static void Prepare(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(directory, e);
        }
    }

    /// <summary>One file a shard, <c>0001.state</c> … in order of topic, partition and source.</summary>
    /// <exception cref="SettingsException">The directory cannot be written.</exception>
    public static async Task Save(IGrainFactory grains, IEnumerable<SourceId> shards, string directory)
    {
        try
        {
            foreach (var (i, id) in shards.Index())
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{i + 1:0000}.state");
                await File.WriteAllBytesAsync(Path.Combine(directory, name), await grains.GetGrain<ISourceGrain>(id.ToString()).Snapshot());
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(directory, e);
        }
    }

    /// <summary>What the shards together gave up at their caps on memory.</summary>
    public static async Task<ShardCaps> Caps(IGrainFactory grains, SourceScorerFactory scorers, IEnumerable<SourceId> shards)
    {
        var caps = ShardCaps.None;
        foreach (var id in shards)
        {
            var sections = scorers.CreateSections();
            SourceStateFormat.Read(await grains.GetGrain<ISourceGrain>(id.ToString()).Snapshot(), id, sections);
            caps += ShardCaps.Of(sections);
        }

        return caps;
    }

    private static SettingsException Unusable(string directory, Exception cause) =>
        new($"--state '{directory}' cannot be written: {cause.Message} Choose another folder.", cause);
}
