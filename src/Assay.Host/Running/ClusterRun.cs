using Assay.Contracts.Verdicts;
using Assay.Host.Commands;
using Assay.Host.Hosting;
using Assay.Host.Http;
using Assay.Host.Live;
using Assay.Host.Redis;
using Assay.Host.Settings;
using Assay.Kafka.Clients;
using Assay.Kafka.Ingress;
using Assay.Mapping;
using Assay.Mapping.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Host.Running;

/// <summary>
/// A silo on a real Kafka. With Redis it is one of a cluster and goes on where the group stands; without, state is in memory and a start rebuilds it from
/// the beginning of retention, keeping the verdicts that stand.
/// </summary>
internal sealed class ClusterRun(AssaySettings settings, RunView view)
{
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(10);

    private static readonly string[] MemoryLimits =
        ["State is in memory: a start reads the topics again from the beginning of retention. Verdicts that stand are kept."];

    public async Task<int> Run(CancellationToken stop)
    {
        var kafka = settings.Kafka();
        var ingress = settings.Ingress(Topics(), durable: settings.Redis is not null);
        var registry = Registry();
        var keys = SigningKeys.Load(settings.Signing);
        var board = new FlowBoard(TimeProvider.System);
        await using var http = await HttpEndpoint.Start(settings.Http, anyPort: false, TimeProvider.System);
        await using var redis = settings.Redis is { } options ? await RedisConnection.Connect(options, settings.Cluster) : null;
        if (redis is not null)
            await RedisFlow.Claim(redis, ingress.Group, settings.Egress.TopicPrefix);
        using var host = SiloHost.Build(
            settings, kafka, ingress, registry, new FlowObservers(board, http.Observer), view.Logging, redis, keys, live: true);
        var input = host.Services.GetRequiredService<IngressService>();
        try
        {
            await input.Check(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped before it had begun.");
            return ExitCodes.Done;
        }

        await host.StartAsync(CancellationToken.None);
        http.Health.Started();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var place = redis is null ? kafka.ToString() : $"{kafka}, state in Redis {redis.Options}";
        var info = new RunInfo(settings.Datasets.DefaultMode.Name(), place, redis is null ? MemoryLimits : [], http.Address);
        var showing = view.Show(board, info, null, failed.Token);
        await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop), host.WaitForShutdownAsync(CancellationToken.None), input.Refusal);
        http.Health.Stopping();
        await failed.CancelAsync();
        await showing;
        if (input.Refusal.IsCompleted)
            return await Refuse(host, await input.Refusal);
        await host.StopAsync(CancellationToken.None);
        RunSummary.Write(Console.Out, board.Snapshot(), []);
        return ExitCodes.Done;
    }

    /// <summary>The list of members may be lost with the state, and a silo that leaves would wait for it: it gets a little time, and then the process ends.</summary>
    private static async Task<int> Refuse(IHost host, KafkaSetupException why)
    {
        await Console.Error.WriteLineAsync(why.Message);
        using var limit = new CancellationTokenSource(RefusalTime, TimeProvider.System);
        try
        {
            await host.StopAsync(limit.Token).WaitAsync(2 * RefusalTime, TimeProvider.System, CancellationToken.None);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or AggregateException)
        {
            // The reason is said; that the silo could not leave in order follows from it.
        }

        Environment.Exit(ExitCodes.WrongUse);
        return ExitCodes.WrongUse;
    }

    private IEnumerable<string> Topics() => settings.Profiles.Files.Count > 0
        ? settings.Profiles.Files.Keys
        : throw new SettingsException("The settings name Kafka:BootstrapServers but no input topic; add Topics:<topic>:Profile = path of a mapping profile.");

    private ProfileRegistry Registry()
    {
        var registry = new ProfileRegistry();
        foreach (var (topic, file) in settings.Profiles.Files)
            registry.Add(topic, Profile.Load(file));
        return registry;
    }
}
