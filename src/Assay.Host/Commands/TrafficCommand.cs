using System.CommandLine;
using Assay.Host.Hosting;
using Assay.Host.Running;
using Assay.Host.Settings;
using Assay.Host.Traffic;

namespace Assay.Host.Commands;

/// <summary><c>assay traffic</c>.</summary>
internal static class TrafficCommand
{
    public static Command Create()
    {
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var rate = new Option<double>("--rate") { HelpName = "N", Description = "Records a second, 1 to 200,000.", DefaultValueFactory = _ => TrafficOptions.DefaultRate };
        var seed = new Option<int>("--seed") { HelpName = "S", Description = "Seed of the traffic.", DefaultValueFactory = _ => 1 };
        var records = new Option<long?>("--records") { HelpName = "N", Description = "Stops after N records." };
        var partitions = new Option<int>("--partitions") { HelpName = "N", Description = "Partitions of the input topics that do not exist yet.", DefaultValueFactory = _ => 6 };
        var command = new Command(
            "traffic",
            $"""
            Writes the demonstration's traffic to a Kafka: vendors, labellers, crawlers and agents, some of whom attack.

            It writes to {string.Join(", ", TrafficTopics.All)} and creates those that are missing: never point it at a
            Kafka where topics of these names mean something. A second start goes on where the topics end.
            """)
        {
            settings, set, rate, seed, records, partitions,
        };
        command.SetAction(async (parsed, _) =>
        {
            using var stop = new StopSignals();
            var bound = AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []);
            var request = new TrafficRequest(parsed.GetValue(rate), parsed.GetValue(seed), parsed.GetValue(records));
            return await new TrafficRun(bound, request, PartitionCount.Checked("--partitions", parsed.GetValue(partitions))).Run(stop.Token);
        });
        return command;
    }
}
