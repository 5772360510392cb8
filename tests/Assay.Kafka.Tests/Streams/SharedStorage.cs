using System.Collections.Concurrent;
using Orleans.Storage;
using Orleans.Streams;

namespace Assay.Kafka.Tests.Streams;

/// <summary>Storage of checkpoints that outlives silos.</summary>
public sealed class SharedStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (string Checkpoint, int Version)> _stored = new();

    /// <summary>The checkpoint of <c>topic/partition</c>; −1 before the first.</summary>
    public long Checkpoint(string source) =>
        _stored.Where(s => s.Key.ToString().EndsWith($"-{source}", StringComparison.Ordinal)).Select(s => long.Parse(s.Value.Checkpoint)).SingleOrDefault(-1);

    /// <summary>As an earlier cluster would have left it, had it written elsewhere.</summary>
    public void Overwrite(string source, long checkpoint)
    {
        var grain = _stored.Keys.Single(k => k.ToString().EndsWith($"-{source}", StringComparison.Ordinal));
        _stored[grain] = (checkpoint.ToString(), _stored[grain].Version + 1);
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = new StreamCheckpointerGrainState();
        if (_stored.TryGetValue(grainId, out var found))
        {
            state.Checkpoint = found.Checkpoint;
            grainState.ETag = found.Version.ToString();
            grainState.RecordExists = true;
        }

        grainState.State = (T)(object)state;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = _stored.TryGetValue(grainId, out var found);
        if (grainState.ETag != (stored ? found.Version.ToString() : null))
            throw new InconsistentStateException("another activation wrote");
        _stored[grainId] = (((StreamCheckpointerGrainState)(object)grainState.State!).Checkpoint, found.Version + 1);
        grainState.ETag = (found.Version + 1).ToString();
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("Checkpoints are never cleared.");
}
