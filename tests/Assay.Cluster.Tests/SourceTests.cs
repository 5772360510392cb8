using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Assay.Cluster.Tests;

/// <summary>Sources of every kind on the whole path: one that writes nearly everything, twenty thousand at once, and those whose grains come and go.</summary>
public sealed class SourceTests
{
    private const int Partitions = RedisLog.Partitions;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Detectors = ["content-rules", "density", "volume"];

    [Fact]
    public async Task Run_WhenOneSourceWritesNineteenOfTwentyRecords_JudgesTheOthersMeanwhile()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.CreateOn(
            RealKafka.Address(), "hot", 100_000, redis, part: 1, compacted: false, Detectors, (random, _) => random.Next(20) > 0 ? 0 : random.Next(12));
        await Finish(log, redis);
    }

    /// <summary>Each with one record, and every one unknown: activation, first contact, a checkpoint and the names of all sources in the mark.</summary>
    [Fact]
    public async Task Run_WhenTwentyThousandSourcesComeAtOnce_CommitsThemAllInBoundedTimeAndMemory()
    {
        const int Sources = 20_000;
        const long Memory = 1536L * 1024 * 1024;
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.CreateOn(RealKafka.Address(), "cold", Sources, redis, part: 1, compacted: false, Detectors, (_, i) => i);
        await Finish(log, redis, silo => Assert.InRange(silo.Memory, 0, Memory));
    }

    /// <summary>Collected as idle between batches, again and again, with work that is not durable: the owner finds the gap and reads again.</summary>
    [Fact]
    public async Task Run_WhenGrainsAreCollectedBetweenBatches_ReadsAgainWhatWasNotDurable()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("collected", 30_000, redis, part: 0.2, compacted: false, Detectors);
        var plain = new PlainFold(log.Log);
        using var watch = new InvariantWatch(redis, log, plain);
        using var silo = new AssayProcess(log.Settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Part(0.2));
        using var client = await Connect(redis);
        var management = client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);

        for (var fifth = 1; fifth < 5; fifth++)
        {
            log.Fill(fifth / 5.0, (fifth + 1) / 5.0);
            Flow.Wait(log.Kafka, log.Names, Partitions, silo, judged => judged >= log.Part((fifth + 0.5) / 5));
            await management.ForceActivationCollection(TimeSpan.Zero);
        }

        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Records);
        await client.StopAsync();
        Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        watch.Stop();

        Assert.Empty(watch.Violations);
        Assert.Empty(Outcome.Check(log, redis, plain));
    }

    /// <summary>The next owner meets grains that live and know more than is durable: the first contact takes them back to that.</summary>
    [Fact]
    public async Task Run_WhenTheOwnerIsKilledAndNotTheGrainsSilo_TheNextOwnerGoesOnFromDurableState()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("owner", 24_000, redis, part: 0.3, compacted: false, Detectors);
        string[] settings = [.. log.Settings, "Kafka:Ingress:CheckpointInterval=00:00:08"];
        var environment = new Dictionary<string, string> { ["ASSAY_SWITCHES"] = "keep-grains" };
        using var host = new AssayProcess(settings, environment);
        Flow.Wait(log.Kafka, log.Names, Partitions, host, judged => judged >= log.Part(0.3));
        using (var owner = new AssayProcess(settings, environment))
        {
            await Flow.Members(log.Kafka, log.Name, members: 2, Partitions);
            log.Fill(0.3, 0.6);
            Flow.Wait(log.Kafka, log.Names, Partitions, owner, judged => judged >= log.Part(0.6));
            owner.Kill();
        }

        log.Fill(0.6, 1);
        await Flow.Members(log.Kafka, log.Name, members: 1, Partitions);
        Flow.Wait(log.Kafka, log.Names, Partitions, host, _ => log.Committed().Sum() == log.Records);
        Assert.True(await host.Stop(Limit) == 0, host.Output);
        Assert.Empty(Outcome.Check(log, redis, new PlainFold(log.Log)));
    }

    private static async Task Finish(RedisLog log, RedisServer redis, Action<AssayProcess>? look = null)
    {
        var start = Stopwatch.GetTimestamp();
        using var silo = new AssayProcess(log.Settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Records);
        TestContext.Current.SendDiagnosticMessage(
            $"{log.Name}: {log.Records} records from the start of the process to their commit in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, {silo.Memory >> 20} MiB");
        look?.Invoke(silo);
        Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        Assert.Empty(Outcome.Check(log, redis, new PlainFold(log.Log)));
    }

    /// <summary>A client of the cluster, as an operator's tool would be.</summary>
    private static async Task<IHost> Connect(RedisServer redis)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = ("assay", "assay"))
            .UseRedisClustering(redis.Address));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
