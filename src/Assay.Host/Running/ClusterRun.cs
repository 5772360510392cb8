using Assay.Contracts.Verdicts;
using Assay.Host.Commands;
using Assay.Host.Hosting;
using Assay.Host.Http;
using Assay.Host.Live;
using Assay.Host.Settings;
using Assay.Kafka.Ingress;
using Assay.Mapping;
using Assay.Mapping.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Host.Running;

/// <summary>A silo on a real Kafka, state in memory: a start rebuilds it from the beginning of retention, keeping the verdicts that stand.</summary>
internal sealed class ClusterRun(AssaySettings settings, RunView view)
{
    private static readonly string[] Limits =
        ["State is in memory: a start reads the topics again from the beginning of retention. Verdicts that stand are kept."];

    public async Task<int> Run(CancellationToken stop)
    {
        var kafka = settings.Kafka();
        var board = new FlowBoard(TimeProvider.System);
        await using var http = await HttpEndpoint.Start(settings.Http, anyPort: false, TimeProvider.System);
        using var host = SiloHost.Build(settings, kafka, settings.Ingress(Topics()), Registry(), new FlowObservers(board, http.Observer), view.Logging);
        try
        {
            await host.Services.GetRequiredService<IngressService>().Check(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped before it had begun.");
            return ExitCodes.Done;
        }

        await host.StartAsync(CancellationToken.None);
        http.Health.Started();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var mode = settings.Datasets.DefaultMode.Name();
        var showing = view.Show(board, new RunInfo(mode, kafka.ToString(), Limits, http.Address), null, failed.Token);
        await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop), host.WaitForShutdownAsync(CancellationToken.None));
        http.Health.Stopping();
        await failed.CancelAsync();
        await showing;
        await host.StopAsync(CancellationToken.None);
        RunSummary.Write(Console.Out, board.Snapshot(), []);
        return ExitCodes.Done;
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
