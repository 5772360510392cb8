using System.Collections.Concurrent;
using Assay.Grains.State;
using Orleans.Storage;

namespace Assay.Grains.Tests.Sources;

/// <summary>Storage in memory whose next write can be made to fail before or after it took effect.</summary>
internal sealed class ControllableStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (byte[] Data, int Version)> _stored = new();

    public bool FailBeforeWrite { get; set; }

    public bool FailAfterWrite { get; set; }

    public bool FailBeforeRead { get; set; }

    public bool FailAfterRead { get; set; }

    public int Writes { get; private set; }

    /// <summary>What every grain has stored is replaced, as by another activation.</summary>
    public void Replace(byte[] data)
    {
        foreach (var (grain, stored) in _stored)
            _stored[grain] = (data, stored.Version + 1);
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (FailBeforeRead)
            throw new IOException("storage is away");
        if (_stored.TryGetValue(grainId, out var found))
        {
            grainState.State = (T)(object)new DurableBytes { Data = found.Data };
            grainState.ETag = found.Version.ToString();
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = (T)(object)new DurableBytes();
        }

        if (FailAfterRead)
            throw new IOException("a part of the state cannot be read");
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (FailBeforeWrite)
            throw new IOException("storage is away");
        Writes++;
        var version = _stored.TryGetValue(grainId, out var found) ? found.Version + 1 : 1;
        if (grainState.ETag != (version == 1 ? null : found.Version.ToString()))
            throw new InconsistentStateException("another activation wrote");
        _stored[grainId] = (((DurableBytes)(object)grainState.State!).Data, version);
        if (FailAfterWrite)
            throw new IOException("the reply was lost");
        grainState.ETag = version.ToString();
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("Source state is never cleared by a grain.");
}
