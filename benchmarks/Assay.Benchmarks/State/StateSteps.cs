using System.Diagnostics;
using System.Globalization;
using Assay.Grains.Sources;
using Assay.Grains.State;
using Assay.Host.Hosting;
using Assay.Host.Redis.Pages;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Assay.Benchmarks.State;

/// <summary>One shard's states in the order of its checkpoints, written as one value each and in pages.</summary>
internal static class StateSteps
{
    private const int Rounds = 5;

    public static async Task Write(IServiceProvider services, FileInfo[] files, CancellationToken cancel)
    {
        var whole = services.GetRequiredKeyedService<IGrainStorage>(GrainStores.Values(SourceGrain.Storage));
        var paged = (PagedStorage)services.GetRequiredKeyedService<IGrainStorage>(SourceGrain.Storage);
        var states = new List<byte[]>();
        foreach (var file in files)
            states.Add(await File.ReadAllBytesAsync(file.FullName, cancel));
        // The first round warms up.
        for (var round = 0; round < Rounds; round++)
        {
            var (asValue, inPages) = (new GrainState<DurableBytes>(), new GrainState<DurableBytes>());
            var (valueId, pagesId) = (GrainId.Create("source", $"bench/0/value{round}"), GrainId.Create("source", $"bench/0/pages{round}"));
            await whole.ReadStateAsync("source", valueId, asValue);
            await paged.ReadStateAsync("source", pagesId, inPages);
            for (var i = 0; i < states.Count; i++)
            {
                var before = paged.Written;
                var value = await Timed(whole, valueId, asValue, states[i]);
                var pages = await Timed(paged, pagesId, inPages, states[i]);
                if (round > 0)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{files[i].Name}: {states[i].Length} bytes; one value {value.TotalMilliseconds:0.0} ms; pages {paged.Written - before} bytes, {pages.TotalMilliseconds:0.0} ms"));
                }
            }
        }
    }

    private static async Task<TimeSpan> Timed(IGrainStorage storage, GrainId id, GrainState<DurableBytes> state, byte[] data)
    {
        state.State = new DurableBytes { Data = data };
        var start = Stopwatch.GetTimestamp();
        await storage.WriteStateAsync("source", id, state);
        return Stopwatch.GetElapsedTime(start);
    }
}
