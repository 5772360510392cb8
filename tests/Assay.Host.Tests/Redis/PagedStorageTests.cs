using Assay.Contracts.State;
using Assay.Grains.State;
using Assay.Host.Redis;
using Assay.Host.Redis.Pages;
using Assay.Host.Settings;
using Orleans.Storage;

namespace Assay.Host.Tests.Redis;

/// <summary>Pages in a real Redis; the grain's value, which fences, in memory.</summary>
public sealed class PagedStorageTests : IAsyncLifetime
{
    private const int Large = 2_000_000;
    private static readonly GrainId Id = GrainId.Create("source", "t/0/s");
    private static int s_count;
    private readonly FencedValues _values = new();
    private RedisConnection _redis = null!;

    public async ValueTask InitializeAsync()
    {
        var address = Environment.GetEnvironmentVariable("ASSAY_TEST_REDIS");
        Assert.SkipWhen(string.IsNullOrEmpty(address), "ASSAY_TEST_REDIS is not set: no Redis to keep pages in.");
        var service = $"pages-{Environment.ProcessId}-{TimeProvider.System.GetTimestamp()}-{Interlocked.Increment(ref s_count)}";
        _redis = await RedisConnection.Connect(new RedisOptions { Endpoints = address! }, new ClusterSettings { ServiceId = service });
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is null)
            return;
        await _redis.Database.KeyDeleteAsync(_redis.Keys.Pages(Id));
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Write_OfALargeState_IsReadBackAndWritesWhatChangedAlone()
    {
        var storage = Storage();
        var state = await Read(storage);
        var data = Bytes(Large, seed: 1);
        await Write(storage, state, data);
        Assert.Equal(data, (await Read(Storage())).State!.Data);
        var first = storage.Written;
        Assert.InRange(first, Large, Large * 1.05);

        // A little more in the middle: everything behind it moves.
        byte[] changed = [.. data[..900_000], 1, 2, 3, 4, 5, .. data[900_000..]];
        await Write(storage, state, changed);

        Assert.InRange(storage.Written - first, 1, 3 * PageCutter.Largest);
        Assert.Equal(changed, (await Read(Storage())).State!.Data);
        Assert.Equal(PageManifest.Read(_values.Data!).Select(p => p.Field).Distinct().Order(), await Fields());
        Assert.All(PageManifest.Read(_values.Data!), p => Assert.InRange(p.Length, 1, PageCutter.Largest));
    }

    [Fact]
    public async Task Write_OfASmallState_StandsInTheValueAsBeforeThereWerePages()
    {
        var (small, large) = (Bytes(PagedStorage.Whole, seed: 2), Bytes(Large, seed: 2));
        _values.Data = small;
        var storage = Storage();
        var state = await Read(storage);
        Assert.Equal(small, state.State!.Data);
        await Write(storage, state, large);
        Assert.NotEmpty(await Fields());
        await Write(storage, state, small);
        Assert.Equal(small, _values.Data);
        Assert.Empty(await Fields());
    }

    [Fact]
    public async Task Write_CutShortBetweenPagesAndValue_LeavesTheOldStateWholeAndNothingBehindAfterTheNext()
    {
        var (before, after) = (Bytes(Large, seed: 3), Bytes(Large, seed: 4));
        var storage = Storage();
        await Write(storage, await Read(storage), before);
        var dying = Storage(() => throw new IOException("killed"));
        var state = await Read(dying);
        await Assert.ThrowsAsync<IOException>(() => Write(dying, state, after));

        var next = Storage();
        var restored = await Read(next);
        Assert.Equal(before, restored.State!.Data);
        Assert.True((await Fields()).Count > PageManifest.Read(_values.Data!).Count, "The write that was cut short left nothing: it proves nothing.");
        byte[] last = [.. before, 7];
        await Write(next, restored, last);

        Assert.Equal(last, (await Read(Storage())).State!.Data);
        Assert.Equal(PageManifest.Read(_values.Data!).Select(p => p.Field).Distinct().Order(), await Fields());
    }

    /// <summary>The second activation's pages are those that the first gives up, so that a careless deletion would take them from it.</summary>
    [Fact]
    public async Task Write_OfTwoActivations_RefusesTheOneThatCameTooLateAndKeepsTheOthersStateWhole()
    {
        var (one, two) = (Bytes(Large, seed: 5), Bytes(Large, seed: 6));
        var (first, second) = (Storage(), Storage());
        var ours = await Read(first);
        await Write(first, ours, one);
        var theirs = await Read(second);
        await Write(first, ours, two);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(second, theirs, [.. one, 1]));
        Assert.Equal(two, (await Read(Storage())).State!.Data);
        await Write(first, ours, one);
        Assert.Equal(one, (await Read(Storage())).State!.Data);
    }

    [Fact]
    public async Task Read_WhenRedisHasLostAPage_SaysSoInsteadOfGoingOn()
    {
        var storage = Storage();
        await Write(storage, await Read(storage), Bytes(Large, seed: 7));
        await _redis.Database.HashDeleteAsync(_redis.Keys.Pages(Id), (await Fields())[3]);
        var lost = await Assert.ThrowsAsync<StateFormatException>(() => Read(Storage()));
        Assert.Contains("assay rebuild", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WhenAPageHoldsOtherBytes_SaysSoInsteadOfGoingOn()
    {
        var storage = Storage();
        await Write(storage, await Read(storage), Bytes(Large, seed: 8));
        var page = PageManifest.Read(_values.Data!)[2];
        await _redis.Database.HashSetAsync(_redis.Keys.Pages(Id), page.Field, new byte[page.Length]);
        await Assert.ThrowsAsync<StateFormatException>(() => Read(Storage()));
    }

    private PagedStorage Storage(Action? afterPages = null) => new(_values, _redis, afterPages);

    private static async Task<GrainState<DurableBytes>> Read(PagedStorage storage)
    {
        var state = new GrainState<DurableBytes>(new DurableBytes());
        await storage.ReadStateAsync("source", Id, state);
        return state;
    }

    private static Task Write(PagedStorage storage, GrainState<DurableBytes> state, byte[] data)
    {
        state.State!.Data = data;
        return storage.WriteStateAsync("source", Id, state);
    }

    private async Task<List<string>> Fields() =>
        [.. (await _redis.Database.HashKeysAsync(_redis.Keys.Pages(Id))).Select(f => f.ToString()).Order()];

    private static byte[] Bytes(int count, int seed)
    {
        var data = new byte[count];
        new Random(seed).NextBytes(data);
        return data;
    }

    private sealed class FencedValues : IGrainStorage
    {
        private int _version;

        public byte[]? Data { get; set; }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            grainState.RecordExists = Data is not null;
            grainState.ETag = Data is null ? null : $"{_version}";
            if (Data is not null)
                grainState.State = (T)(object)new DurableBytes { Data = Data };
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (grainState.ETag != (Data is null ? null : $"{_version}"))
                throw new InconsistentStateException("another activation wrote");
            Data = ((DurableBytes)(object)grainState.State!).Data;
            grainState.ETag = $"{++_version}";
            grainState.RecordExists = true;
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
    }
}
