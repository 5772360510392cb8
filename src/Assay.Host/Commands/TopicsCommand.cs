using System.CommandLine;
using Assay.Host.Hosting;
using Assay.Host.Settings;
using Assay.Kafka.Topics;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Host.Commands;

/// <summary><c>assay topics [create]</c>.</summary>
internal static class TopicsCommand
{
    public static Command Create()
    {
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        (settings.Recursive, set.Recursive) = (true, true);
        var create = new Command("create", "Creates the output topics that are missing, and adds partitions to the verdict topic where an input has more; everything else stays as it is.");
        var inputs = new Option<int?>("--inputs") { HelpName = "N", Description = "Creates missing input topics too, with N partitions: for trying." };
        create.Options.Add(inputs);
        create.SetAction(async (parsed, _) =>
        {
            await using var services = Services(AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []));
            var admin = services.GetRequiredService<TopicAdmin>();
            var created = parsed.GetValue(inputs) is { } partitions ? await admin.CreateInputs(PartitionCount.Checked("--inputs", partitions)) : [];
            created = [.. created, .. await admin.CreateMissing()];
            foreach (var topic in created)
                Console.WriteLine($"created {topic.Name} with {topic.Partitions} partitions{(topic.Compacted ? ", compacted" : "")}");
            var widened = await admin.Widen();
            if (widened is not null)
                Console.WriteLine($"{widened.Name} has {widened.Partitions} partitions now");
            if (created.Count == 0 && widened is null)
                Console.WriteLine("Every topic exists.");
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
        if (topics.Any(t => !t.Input && !t.Good))
            Console.WriteLine("'assay topics create' makes the missing output topics and partitions.");
        return ExitCodes.WrongUse;
    }

    private static ServiceProvider Services(AssaySettings settings) => KafkaServices.Build(settings, settings.Profiles.Files.Keys);
}
