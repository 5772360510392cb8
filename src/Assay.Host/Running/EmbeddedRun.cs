using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Host.Commands;
using Assay.Host.Hosting;
using Assay.Host.Http;
using Assay.Host.Live;
using Assay.Host.Settings;
using Assay.Host.Traffic;
using Assay.Kafka.Embedded;
using Assay.Kafka.Topics;

namespace Assay.Host.Running;

/// <summary>Everything in this process: broker, silo and generated traffic.</summary>
internal sealed class EmbeddedRun(AssaySettings settings, TrafficRequest request, RunView view)
{
    private const int Partitions = 4;

    private static readonly string[] Limits =
    [
        "Embedded: broker and state live in this process and are gone when it ends.",
        "The broker keeps 5 MiB a partition; the generator waits when Assay falls behind.",
    ];

    public async Task<int> Run(CancellationToken stop)
    {
        // Nothing is at stake in a demonstration, so that verdicts may act.
        settings.Datasets.DefaultMode = DatasetMode.Enforce;
        await using var http = await HttpEndpoint.Start(settings.Http, anyPort: true, TimeProvider.System);
        using var kafka = new EmbeddedKafka();
        foreach (var topic in TrafficTopics.All)
            kafka.CreateTopic(topic, Partitions);
        TopicAdmin.CreateOutputs(kafka, new TopicNames(settings.Egress.TopicPrefix), Partitions);

        using var generator = new TrafficGenerator(new TrafficOptions { Seed = request.Seed, RecordsPerSecond = request.Rate });
        var board = new FlowBoard(TimeProvider.System);
        var attacks = new AttackTally(generator.Timetable, TimeProvider.System);
        var pump = new TrafficPump(generator, attacks, request, Partitions);
        var ingress = settings.Ingress(TrafficTopics.All);
        ingress.CheckpointInterval = TimeSpan.FromSeconds(Math.Min(5, ingress.CheckpointInterval.TotalSeconds));
        using var host = SiloHost.Build(
            settings, settings.Kafka(kafka.BootstrapServers), ingress, TrafficProfiles.Registry(), new FlowObservers(board, attacks, pump, http.Observer), view.Logging, live: true);
        await host.StartAsync(CancellationToken.None);
        http.Health.Started();

        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var info = new RunInfo("enforce", "embedded broker, generated traffic", Limits, http.Address);
        var showing = view.Show(board, info, attacks, done.Token);
        await pump.Run(host.Services, stop);
        http.Health.Stopping();
        await done.CancelAsync();
        await showing;
        await host.StopAsync(CancellationToken.None);
        RunSummary.Write(Console.Out, board.Snapshot(), attacks.Snapshot());
        return ExitCodes.Done;
    }
}
