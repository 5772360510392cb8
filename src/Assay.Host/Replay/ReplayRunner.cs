using System.Text.Json;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Host.Commands;
using Assay.Host.Hosting;
using Assay.Host.Live;
using Assay.Host.Replay.Attacks;
using Assay.Host.Replay.Output;
using Assay.Host.Settings;
using Assay.Kafka.Clients;
using Assay.Kafka.Embedded;
using Assay.Kafka.Reading;
using Assay.Kafka.Topics;
using Assay.Kafka.Writing;
using Assay.Mapping.Checking;
using Assay.Mapping.Files;
using Assay.Mapping.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Profile = Assay.Mapping.Profiles.Profile;

namespace Assay.Host.Replay;

/// <summary>
/// Streams files through broker, silo and outputs of this process, and writes what came of it. The same request gives the same files:
/// rows of a source keep their order, and each source's verdicts depend on its rows alone.
/// </summary>
internal sealed class ReplayRunner(ReplayRequest request, AssaySettings settings)
{
    private const int Partitions = 4;

    // Rows that may be under way; a bound for the results' window, far above what the broker holds.
    private const int Window = 1 << 17;

    private readonly InFlight[] _inFlight = [.. Enumerable.Range(0, Partitions).Select(_ => new InFlight())];

    public async Task<int> Run(CancellationToken stop)
    {
        request.Check();
        var profile = Profile.Load(request.Profile);
        using var files = RecordFiles.Open(request.Files, ProfileFiles.Options(profile));
        var input = new ReplayInput(profile, files.Columns, request);
        using var attacks = Attacks(profile, files);
        var rows = new ReplayRows(files, input, request, attacks);
        rows.Prepare();
        if (request.State is not null)
            SourceStates.Prepare(request.State);
        using var output = ReplayFiles.Open(request.Output, request.Attacks.Count > 0, Window);

        settings.Datasets.DefaultMode = request.Mode;
        var started = TimeProvider.System.GetTimestamp();
        using var kafka = new EmbeddedKafka();
        kafka.CreateTopic(ReplayInput.Topic, Partitions);
        var names = new TopicNames(settings.Egress.TopicPrefix);
        TopicAdmin.CreateOutputs(kafka, names, Partitions);
        var ingress = settings.Ingress([ReplayInput.Topic]);
        // A replay empties nothing that anybody needs: it goes on, and the report says which rule failed how often.
        ingress.DeadLetterShare = 0;
        var sources = new SourceList();
        using var host = SiloHost.Build(settings, settings.Kafka(kafka.BootstrapServers), ingress, input.Registry, sources, LogRouting.ToStandardError);
        await host.StartAsync(CancellationToken.None);
        try
        {
            await Stream(host.Services, rows, input, output, names, stop);
            if (request.State is not null)
                await SourceStates.Save(host.Services.GetRequiredService<IGrainFactory>(), sources.Seen, request.State);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }

        if (output.Next == 0 && !stop.IsCancellationRequested)
            throw new InputException($"{string.Join(", ", request.Files.Select(file => $"'{file}'"))}: "
                + "a header and no records after it. There is nothing to replay.");
        var report = output.Finish(new ReplayRun
        {
            Elapsed = TimeProvider.System.GetElapsedTime(started),
            Seed = (long)request.Seed,
            Settings = Described(),
            Version = typeof(ReplayRunner).Assembly.GetName().Version!.ToString(3),
        });
        Show(report, stop.IsCancellationRequested);
        return output.Readable ? ExitCodes.Done : ExitCodes.WrongUse;
    }

    private async Task Stream(IServiceProvider services, ReplayRows rows, ReplayInput input, ReplayFiles output, TopicNames names, CancellationToken stop)
    {
        var clients = services.GetRequiredService<KafkaClients>();
        using var producer = new PacedProducer(clients, settings.Egress, ReplayInput.Topic, Partitions);
        var collector = new ReplayCollector(names, output, _inFlight, producer);
        using var tail = new TopicTail(clients, [new(names.Verdicts, Partitions), new(names.DeadLetters, Partitions)], fromEnd: false, collector.OnMessage);
        using var shown = new CancellationTokenSource();
        var progress = new ProgressLine(Console.Error, !Console.IsErrorRedirected, TimeProvider.System)
            .Run(() => new ReplayProgress(output.Next, rows.Total, collector.Held), shown.Token);
        try
        {
            var produced = await Produce(rows, input, producer, output, collector, stop);
            producer.Flush(CancellationToken.None);
            // What is under way is finished even after Ctrl-C; a second one ends the process.
            var finished = collector.Advanced.Until(() => collector.Judged == produced, CancellationToken.None);
            await await Task.WhenAny(finished, tail.Finished);
        }
        finally
        {
            await shown.CancelAsync();
            await progress;
        }
    }

    private async Task<long> Produce(
        ReplayRows rows, ReplayInput input, PacedProducer producer, ReplayFiles output, ReplayCollector collector, CancellationToken stop)
    {
        var produced = 0L;
        foreach (var row in rows.Read())
        {
            if (stop.IsCancellationRequested)
                break;
            if (row.Number - output.Next >= Window / 2)
                await collector.Advanced.Until(() => row.Number - output.Next < Window / 2, CancellationToken.None);
            if (row.Row.Record.Failure is { } failure)
            {
                output.DeadLetter(row.Number, row.Row.Record, row.Row.Source, failure, row.Row.Attack);
                continue;
            }

            var message = input.Message(row.Row, row.Number);
            var partition = RowDealer.Partition(message.Key, Partitions);
            _inFlight[partition].Add(message.Row);
            await producer.Produce(partition, message.Key, message.Value, message.Headers, message.TimestampMs, CancellationToken.None);
            produced++;
        }

        return produced;
    }

    private AttackPlan? Attacks(Profile profile, RecordFiles files)
    {
        if (request.Attacks.Count == 0)
            return null;
        var editor = profile.Format == ProfileFormat.Csv ? RowEditor.ForCsv(files.Columns, profile.Dialect) : RowEditor.ForJson();
        return new AttackPlan(
            [.. request.Attacks.Select(AttackSpec.Parse)],
            new ProfileRoles(profile, files.Columns),
            editor,
            path => RecordFiles.Open([path], ProfileFiles.Options(profile)),
            (long)request.Seed);
    }

    private void Show(ReplayReport report, bool interrupted)
    {
        if (interrupted)
            Console.Error.WriteLine("Interrupted: the files hold the records up to here.");
        if (request.Json)
            Console.WriteLine(report.Json());
        else
            report.Write(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }));
    }

    private JsonElement Described() => JsonSerializer.SerializeToElement(new
    {
        profile = request.Profile,
        sources = request.Sources,
        identities = request.Identities,
        order = request.Shuffled ? "shuffled" : "file",
        mode = request.Mode.Name(),
        limit = request.Limit,
        attacks = request.Attacks,
        hold_budget = settings.Records.HoldBudget,
    });
}
