using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Assay.Host.Hosting;
using Assay.Host.Redis;
using Assay.Host.Settings;
using Assay.Kafka.Offsets;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Assay.Host.Commands;

/// <summary><c>assay rebuild</c>.</summary>
internal static class RebuildCommand
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var keep = new Option<bool>("--keep-state") { Description = "Keeps the state in Redis, and reads again only what came after it: after a backup was restored." };
        var json = new Option<bool>("--json") { Description = "One JSON object a partition." };
        var command = new Command(
            "rebuild",
            """
            Lets the next start build the state in Redis again from Kafka.

            For when Redis has come back empty or older than what the group has committed, and silos refuse to go on. Stop all silos first. The
            state of sources is discarded and read again from the oldest record that Kafka holds; verdicts that stand are kept and nothing is
            produced twice. Standings of identities are left as they are. Says what retention has deleted and cannot be rebuilt.
            """)
        {
            settings, set, keep, json,
        };
        command.SetAction(async (parsed, _) =>
        {
            var bound = AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []);
            var done = await Rebuild(bound, parsed.GetValue(keep));
            foreach (var partition in done)
                Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(partition, Snake) : Sentence(partition));
            if (!parsed.GetValue(json))
                Console.WriteLine("Ready: start the silos.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<RebuiltPartition>> Rebuild(AssaySettings settings, bool keep)
    {
        if (settings.Redis is not { } options)
            throw new SettingsException("The settings name no Redis: state in memory is rebuilt by every start.");
        await using var services = KafkaServices.Build(settings, settings.Profiles.Files.Keys);
        var group = services.GetRequiredService<GroupOffsets>();
        var members = await group.Members();
        if (members.Count > 0)
            throw new SettingsException($"Group {group.Group} has {members.Count} active silos ({string.Join(", ", members)}): stop them first. One that was killed is gone after Kafka:Ingress:SessionTimeout.");
        await using var redis = await RedisConnection.Connect(options, settings.Cluster);
        await RedisFlow.Claim(redis, group.Group, settings.Egress.TopicPrefix);
        var rebuild = new StateRebuild(redis);
        var done = new List<RebuiltPartition>();
        try
        {
            foreach (var range in group.Partitions())
                done.Add(keep ? await rebuild.Keep(range) : await rebuild.Discard(range));
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new RedisSetupException($"Redis at {options.Endpoints} failed after {done.Count} partitions; no silo takes the others for whole. Run it again. {e.Message}", e);
        }

        return done;
    }

    private static string Sentence(RebuiltPartition p)
    {
        var discarded = p.Discarded > 0 ? $"state of {p.Discarded} sources discarded; " : "";
        var gone = p.Gone > 0 ? $" NOT REBUILT: {p.Gone} older records are gone from Kafka (retention), and what they taught with them." : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{p.Topic}/{p.Partition}: {discarded}{p.To - p.From:N0} records are read again, {p.From} to {p.To}.{gone}");
    }
}
