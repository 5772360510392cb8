using System.CommandLine;
using Assay.Contracts.Ports;
using Assay.Host.Hosting;
using Assay.Host.Live;
using Assay.Host.Settings;
using Assay.Kafka;
using Assay.Kafka.Topics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Assay.Host.Commands;

/// <summary><c>assay topics [create]</c>.</summary>
internal static class TopicsCommand
{
    public static Command Create()
    {
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        (settings.Recursive, set.Recursive) = (true, true);
        var create = new Command("create", "Creates the output topics that are missing; those that exist stay as they are.");
        create.SetAction(async (parsed, _) =>
        {
            await using var services = Services(AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []));
            var created = await services.GetRequiredService<TopicAdmin>().CreateMissing();
            foreach (var topic in created)
                Console.WriteLine($"created {topic.Name} with {topic.Partitions} partitions{(topic.Compacted ? ", compacted" : "")}");
            if (created.Count == 0)
                Console.WriteLine("Every output topic exists.");
            return ExitCodes.Done;
        });
        var command = new Command(
            "topics",
            "Lists the topics that Assay reads and writes, as they are and as they should be; ends with 2 where one is missing.")
        {
            settings, set, create,
        };
        command.SetAction(async (parsed, _) =>
        {
            await using var services = Services(AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []));
            return Show(services.GetRequiredService<TopicAdmin>().Describe());
        });
        return command;
    }

    private static int Show(IReadOnlyList<TopicStatus> topics)
    {
        var width = topics.Max(t => t.Name.Length);
        foreach (var topic in topics)
        {
            var state = topic.Partitions == 0 ? "missing" : $"{topic.Partitions} partitions{(topic.Good ? "" : $", {topic.Wanted} wanted")}";
            Console.WriteLine($"{(topic.Input ? "in " : "out")}  {topic.Name.PadRight(width)}  {state}");
        }

        if (topics.All(t => t.Good))
            return ExitCodes.Done;
        if (topics.Any(t => !t.Input && t.Partitions == 0))
            Console.WriteLine("'assay topics create' makes the missing output topics.");
        return ExitCodes.WrongUse;
    }

    private static ServiceProvider Services(AssaySettings settings)
    {
        if (!settings.HasKafka)
            throw new SettingsException("No Kafka is set; give --settings FILE or --set Kafka:BootstrapServers=HOST:PORT.");
        var services = new ServiceCollection()
            .AddSingleton(Options.Create(settings.Kafka()))
            .AddSingleton(Options.Create(settings.Ingress(settings.Profiles.Files.Keys)))
            .AddSingleton(Options.Create(settings.Egress))
            .AddSingleton<IFlowObserver>(new FlowBoard(TimeProvider.System))
            .AddLogging(LogRouting.ToNowhere);
        return services.AddAssayKafkaClients().BuildServiceProvider();
    }
}
