using System.CommandLine;
using Assay.Benchmarks.Pipeline;
using Assay.Grains.Sources;
using Assay.Grains.State;
using Assay.Host.Hosting;
using Assay.Host.Redis;
using Assay.Host.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace Assay.Benchmarks.State;

/// <summary>
/// <c>state</c>: checkpoints as a silo writes them, through its own grain storage and serializer, so many at once as <c>MaxCheckpoints</c> allows. CPU is this
/// process's own, so Redis does not count.
/// </summary>
internal static class StateCommand
{
    private const int AtOnce = 16;

    public static Command Create()
    {
        var redis = new Option<string>("--redis") { HelpName = "HOST:PORT", Description = "A Redis that may be written to, under service id bench.", Required = true };
        var grains = new Option<int>("--grains") { HelpName = "N", Description = "States.", DefaultValueFactory = _ => 10_000 };
        var bytes = new Option<int>("--bytes") { HelpName = "N", Description = "Bytes of a state.", DefaultValueFactory = _ => 20_000 };
        var rounds = new Option<int>("--rounds") { HelpName = "N", Description = "Times that all states are written; the first warms up.", DefaultValueFactory = _ => 3 };
        var files = new Option<FileInfo[]>("--file")
        {
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
            Description = "States of one shard as 'assay replay --state' writes them, one after the other: bytes and time of writing each after the one before, whole and in pages.",
        };
        var command = new Command("state", "Writes/s and CPU a write of grain states to Redis.") { redis, grains, bytes, rounds, files };
        command.SetAction(async (parsed, cancel) =>
        {
            var cluster = new ClusterSettings { ServiceId = "bench", ClusterId = "bench", SiloPort = 0, GatewayPort = 0, AdvertisedAddress = "127.0.0.1" };
            await using var connection = await RedisConnection.Connect(new RedisOptions { Endpoints = parsed.GetValue(redis)! }, cluster);
            var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
            builder.UseOrleans(silo => SiloPlace.InCluster(silo, connection));
            using var host = builder.Build();
            await host.StartAsync(cancel);
            if (parsed.GetValue(files) is { Length: > 0 } steps)
            {
                await StateSteps.Write(host.Services, steps, cancel);
                await host.StopAsync(CancellationToken.None);
                return 0;
            }

            var storage = host.Services.GetRequiredKeyedService<IGrainStorage>(SourceGrain.Storage);
            var data = new byte[parsed.GetValue(bytes)];
            new Random(1).NextBytes(data);
            var states = Enumerable.Range(0, parsed.GetValue(grains))
                .Select(i => (Id: GrainId.Create("source", $"bench/0/s{i}"), State: new GrainState<DurableBytes>())).ToList();
            foreach (var (id, state) in states)
                await storage.ReadStateAsync("source", id, state);
            for (var round = 1; round <= parsed.GetValue(rounds); round++)
            {
                foreach (var (_, state) in states)
                    state.State = new DurableBytes { Data = data };
                var meter = new Meter();
                await Parallel.ForEachAsync(states, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
                    async (s, _) => await storage.WriteStateAsync("source", s.Id, s.State));
                var measure = meter.End(states.Count);
                Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"round {round}: {measure.RecordsPerSecond:0} writes/s, {measure.CpuMicroseconds / 1_000:0.000} ms CPU a write, {measure.AllocatedBytes:0} bytes allocated"));
            }

            await host.StopAsync(CancellationToken.None);
            return 0;
        });
        return command;
    }
}
