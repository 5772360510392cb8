using System.Text.Json;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Grains.Sources;
using Assay.Host.Commands;
using Assay.Host.Hosting;
using Assay.Host.Live;
using Assay.Host.Replay.Attacks;
using Assay.Host.Replay.Outcomes;
using Assay.Host.Replay.Output;
using Assay.Host.Replay.Ticks;
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
/// rows of a source keep their order, and what sources learn of each other passes between two ticks.
/// </summary>
/// <param name="partitions">Of the replay's topic.</param>
internal sealed class ReplayRunner(ReplayRequest request, AssaySettings settings, int partitions = 4)
{
    /// <summary>Rows that may be under way; a bound for the results' window, far above what the broker holds.</summary>
    public const int Window = 1 << 17;

    /// <summary>The embedded broker answers an empty fetch after this time and not earlier, whatever arrives meanwhile.</summary>
    private static readonly TimeSpan FetchWait = TimeSpan.FromMilliseconds(2);

    /// <summary>Nothing follows the last records of a tick that an output could wait for.</summary>
    private static readonly TimeSpan MaxLinger = TimeSpan.FromMilliseconds(1);

    private readonly InFlight[] _inFlight = [.. Enumerable.Range(0, partitions).Select(_ => new InFlight())];

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
        settings.Cohorts = settings.Cohorts.PublishedOnDemand();
        var started = TimeProvider.System.GetTimestamp();
        using var kafka = new EmbeddedKafka();
        kafka.CreateTopic(ReplayInput.Topic, partitions);
        var names = new TopicNames(settings.Egress.TopicPrefix);
        TopicAdmin.CreateOutputs(kafka, names, partitions);
        var ingress = settings.Ingress([ReplayInput.Topic]);
        // A replay empties nothing that anybody needs: it goes on, and the report says which rule failed how often.
        ingress.DeadLetterShare = 0;
        var client = settings.Kafka(kafka.BootstrapServers);
        client.FetchWait = FetchWait;
        settings.Egress.Linger = TimeSpan.FromTicks(Math.Min(settings.Egress.Linger.Ticks, MaxLinger.Ticks));
        var sources = new SourceList();
        var flow = new TickFlow(partitions);
        var keys = SigningKeys.LoadOrGenerate(settings.Signing);
        using var host = SiloHost.Build(settings, client, ingress, input.Registry, new FlowObservers(sources, flow), LogRouting.ToStandardError, keys: keys);
        await host.StartAsync(CancellationToken.None);
        var caps = ShardCaps.None;
        try
        {
            await Stream(host.Services, rows, input, output, names, flow, LineSigner(keys), stop);
            if (request.State is not null)
                await SourceStates.Save(host.Services.GetRequiredService<IGrainFactory>(), sources.Seen, request.State);
            caps = await SourceStates.Caps(host.Services.GetRequiredService<IGrainFactory>(), host.Services.GetRequiredService<SourceScorerFactory>(), sources.Seen);
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
            CleanRecordsPerFalseQuarantine = settings.Standing.CleanRecordsPerFalseQuarantine,
            Caps = caps,
        });
        Show(report, stop.IsCancellationRequested);
        return !output.Readable ? ExitCodes.WrongUse
            : request.FailOnQuarantine && output.Totals.Outcomes.Distrusted.Any() ? ExitCodes.Distrusted
            : ExitCodes.Done;
    }

    private async Task Stream(
        IServiceProvider services, ReplayRows rows, ReplayInput input, ReplayFiles output, TopicNames names, TickFlow flow, TrustSigner? signer,
        CancellationToken stop)
    {
        var clients = services.GetRequiredService<KafkaClients>();
        var index = new RowIndex(ReplayInput.Topic, _inFlight.Length);
        output.Totals.Outcomes.Attack = request.Attacks.Count > 0 ? new AttackMeasure(index) : null;
        using var producer = new PacedProducer(clients, settings.Egress, ReplayInput.Topic, _inFlight.Length);
        var collector = new ReplayCollector(names, output, _inFlight, index, producer);
        using var tail = new TopicTail(
            clients, [new(names.Verdicts, _inFlight.Length), new(names.DeadLetters, _inFlight.Length)], fromEnd: false, collector.OnMessage);
        var recorder = new OutcomeRecorder(output, index, new TrustLines(signer), () => collector.CaughtUp(tail.Finished));
        var boundary = new TickBoundary(
            new TickGrains(services.GetRequiredService<IGrainFactory>()),
            services.GetRequiredService<StandingTable>(),
            services.GetRequiredService<CohortViews>(),
            recorder);
        using var shown = new CancellationTokenSource();
        var progress = new ProgressLine(Console.Error, !Console.IsErrorRedirected, TimeProvider.System)
            .Run(() => new ReplayProgress(output.Next, rows.Total, collector.Held), shown.Token);
        try
        {
            await new ReplayStream(rows, input, output, _inFlight, index, flow, boundary, settings.Replay.Tick).Run(producer, collector, tail, stop);
        }
        finally
        {
            await shown.CancelAsync();
            await progress;
        }
    }

    /// <summary>Files outlive the process: they are signed with a key that does so too, or not at all.</summary>
    private TrustSigner? LineSigner(SigningKeys keys) => settings.Signing.KeyFile is { Length: > 0 } ? keys.Signer : null;

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
            Write(report);
    }

    private static void Write(ReplayReport report)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        // A file has no width: whoever searches it finds sentences in one piece.
        if (Console.IsOutputRedirected)
            console.Profile.Width = int.MaxValue;
        report.Write(console);
    }

    private JsonElement Described() => JsonSerializer.SerializeToElement(new
    {
        profile = request.Profile,
        sources = request.Sources,
        identities = request.Identities,
        order = request.Shuffled ? "shuffled" : "file",
        mode = request.Mode.Name(),
        limit = request.Limit,
        tick = settings.Replay.Tick,
        attacks = request.Attacks,
        hold_budget = settings.Records.HoldBudget,
    });
}
