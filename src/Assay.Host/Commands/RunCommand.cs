using System.CommandLine;
using Assay.Host.Hosting;
using Assay.Host.Running;
using Assay.Host.Settings;
using Assay.Host.Traffic;

namespace Assay.Host.Commands;

/// <summary><c>assay run</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var plain = new Option<bool>("--plain") { Description = "Log lines instead of the live view, also on a terminal." };
        var rate = new Option<double>("--rate")
        {
            HelpName = "N",
            Description = "Generated records a second, 1 to 200,000.",
            DefaultValueFactory = _ => TrafficOptions.DefaultRate,
        };
        var seed = new Option<int>("--seed") { HelpName = "S", Description = "Seed of the generated traffic.", DefaultValueFactory = _ => 1 };
        var records = new Option<long?>("--records") { HelpName = "N", Description = "Stop after N generated records." };
        var command = new Command(
            "run",
            """
            Runs Assay until Ctrl-C.

            Without settings everything is embedded: an in-process Kafka broker, state in memory, and a generator of vendors, labellers,
            crawlers and agents, some of whom attack. Nothing is kept and nothing leaves this machine.
            With settings that name Kafka:BootstrapServers and Topics, it reads those topics; with Redis:Endpoints its state lasts. Datasets start in mode observe: everything
            passes, and verdicts say what would have been done.
            """)
        {
            settings, set, plain, rate, seed, records,
        };
        command.SetAction(async (parsed, _) =>
        {
            using var stop = new StopSignals();
            var bound = AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []);
            var view = new RunView(parsed.GetValue(plain) || Console.IsOutputRedirected);
            if (bound is { HasKafka: false, Redis: not null })
                throw new SettingsException("The settings name Redis but no Kafka:BootstrapServers: the embedded broker forgets its offsets, the state in Redis would not. Name a Kafka, or take Redis out.");
            if (bound.HasKafka)
                return await new ClusterRun(bound, view).Run(stop.Token);
            var traffic = new TrafficRequest(parsed.GetValue(rate), parsed.GetValue(seed), parsed.GetValue(records));
            return await new EmbeddedRun(bound, traffic, view).Run(stop.Token);
        });
        return command;
    }
}
