using System.CommandLine;
using System.Globalization;
using Assay.Host.Hosting;
using Assay.Host.Redis;
using Assay.Host.Settings;
using Assay.Kafka.Ingress;
using Assay.Kafka.Offsets;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Assay.Host.Commands;

/// <summary><c>assay accept-loss</c>.</summary>
internal static class AcceptLossCommand
{
    public static Command Create()
    {
        var partitions = new Argument<string[]>("TOPIC/PARTITION") { Description = "Whose loss is accepted. Without any, the losses are listed and nothing is changed.", Arity = ArgumentArity.ZeroOrMore };
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var command = new Command(
            "accept-loss",
            """
            Accepts that retention has deleted records before they were judged.

            A partition that this happened to is not read, whatever restarts: nothing is reset by itself. This says which records are lost, and lets
            the partition go on with the oldest record that Kafka still holds. With Redis the silos may run, and go on within seconds; with state in
            memory, stop the silo first. Without arguments it lists what is lost and ends with 1 where something is.
            """)
        {
            partitions, settings, set,
        };
        command.SetAction(async (parsed, _) =>
            await Run(AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []), parsed.GetValue(partitions) ?? []));
        return command;
    }

    private static async Task<int> Run(AssaySettings settings, string[] named)
    {
        await using var services = KafkaServices.Build(settings, settings.Profiles.Files.Keys);
        var group = services.GetRequiredService<GroupOffsets>();
        await using var redis = settings.Redis is { } options ? await RedisConnection.Connect(options, settings.Cluster) : null;
        if (redis is not null)
            await RedisFlow.Claim(redis, group.Group, settings.Egress.TopicPrefix);
        var marks = redis is null ? null : new RedisPartitionMarks(redis);
        try
        {
            var losses = await Losses(group.Partitions(), marks);
            return named.Length == 0 ? List(losses) : await Accept([.. named.Select(n => Find(losses, n))], group, marks);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new RedisSetupException($"Redis at {settings.Redis!.Endpoints} failed: {e.Message} Run it again.", e);
        }
    }

    private static async Task<List<(PartitionRange Range, RetentionLoss Loss)>> Losses(IEnumerable<PartitionRange> ranges, RedisPartitionMarks? marks)
    {
        var losses = new List<(PartitionRange, RetentionLoss)>();
        foreach (var range in ranges)
        {
            var mark = marks is null ? null : await marks.Read(range.Topic, range.Partition);
            if (RetentionLoss.Between(Math.Max(range.Committed, mark?.Mark.Offset ?? -1), range.Low) is { } loss)
                losses.Add((range, loss));
        }

        return losses;
    }

    private static (PartitionRange Range, RetentionLoss Loss) Find(List<(PartitionRange Range, RetentionLoss Loss)> losses, string name)
    {
        var found = losses.FindIndex(l => Name(l.Range) == name);
        return found >= 0 ? losses[found]
            : throw new SettingsException($"'{name}' has lost nothing: there is nothing to accept. {(losses.Count == 0 ? "No partition has" : $"These have: {string.Join(", ", losses.Select(l => Name(l.Range)))}")}.");
    }

    private static int List(List<(PartitionRange Range, RetentionLoss Loss)> losses)
    {
        foreach (var (range, loss) in losses)
            Console.WriteLine(Sentence(range, loss));
        if (losses.Count == 0)
            Console.WriteLine("Retention has deleted nothing that was not judged.");
        return losses.Count == 0 ? ExitCodes.Done : ExitCodes.Distrusted;
    }

    private static async Task<int> Accept(List<(PartitionRange Range, RetentionLoss Loss)> losses, GroupOffsets group, RedisPartitionMarks? marks)
    {
        if (marks is null && await group.Members() is { Count: > 0 } members)
            throw new SettingsException($"Group {group.Group} has an active silo ({string.Join(", ", members)}), and state is in memory: stop it first.");
        foreach (var (range, loss) in losses)
        {
            if (marks is null)
                await group.Move(range.Topic, range.Partition, loss.To);
            else
                await marks.AcceptLoss(range.Topic, range.Partition, loss.To);
            Console.WriteLine($"{Sentence(range, loss)} Accepted: {(marks is null ? "the next start goes" : "its silo goes")} on from {loss.To.ToString(CultureInfo.InvariantCulture)}.");
        }

        return ExitCodes.Done;
    }

    private static string Name(PartitionRange range) => string.Create(CultureInfo.InvariantCulture, $"{range.Topic}/{range.Partition}");

    private static string Sentence(PartitionRange range, RetentionLoss loss) => string.Create(CultureInfo.InvariantCulture,
        $"{Name(range)}: up to {loss.Records:N0} records, offsets {loss.From} to {loss.To - 1}, were deleted before they were judged.");
}
