using System.Collections.Concurrent;
using Assay.Grains.State;
using Orleans.Storage;

namespace Assay.Grains.Tests.Support;

/// <summary>Storage in memory whose writes can be made to fail before or after they take effect, and that can lose everything.</summary>
internal sealed class BytesStorage(Journal journal) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, GrainId Grain), (byte[] Data, int Version)> _stored = new();

    public bool FailBeforeWrite { get; set; }

    public bool FailAfterWrite { get; set; }

    public void Lose() => _stored.Clear();

    /// <summary>What is stored now, to be put back later as if it had grown stale.</summary>
    public Action Remember()
    {
        var copy = _stored.ToArray();
        return () =>
        {
            _stored.Clear();
            foreach (var (key, value) in copy)
                _stored[key] = value;
        };
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = _stored.TryGetValue((stateName, grainId), out var found);
        grainState.State = (T)(object)new DurableBytes { Data = found.Data ?? [] };
        grainState.ETag = grainState.RecordExists ? found.Version.ToString() : null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (FailBeforeWrite)
            throw new IOException("storage is away");
        var exists = _stored.TryGetValue((stateName, grainId), out var found);
        if (grainState.ETag != (exists ? found.Version.ToString() : null))
            throw new InconsistentStateException("another activation wrote");
        _stored[(stateName, grainId)] = (((DurableBytes)(object)grainState.State!).Data, found.Version + 1);
        journal.Add($"write {stateName}");
        if (FailAfterWrite)
            throw new IOException("the reply was lost");
        grainState.ETag = (found.Version + 1).ToString();
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("No grain of trust clears its state.");
}
