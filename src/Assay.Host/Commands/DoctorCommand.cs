using System.CommandLine;
using Assay.Host.Doctor;
using Assay.Host.Hosting;
using Assay.Host.Redis;
using Assay.Host.Settings;
using Assay.Kafka.Checks;
using Assay.Kafka.Clients;
using Assay.Kafka.Offsets;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Assay.Host.Commands;

/// <summary><c>assay doctor</c>.</summary>
internal static class DoctorCommand
{
    private const string Away = "reachable";

    public static Command Create()
    {
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var json = new Option<bool>("--json") { Description = "One JSON object a check." };
        var command = new Command(
            "doctor",
            """
            Checks Kafka and Redis as the settings name them, and says what to mend.

            Looks at reachability, credentials, permissions, topics and their settings, Redis' persistence and memory, and whether the state in Redis
            belongs to what the group has committed. Changes nothing. Ends with 0 where nothing failed, 1 where something did, 3 where a server
            cannot be reached.
            """)
        {
            settings, set, json,
        };
        command.SetAction(async (parsed, _) =>
        {
            var checks = await Examine(AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []));
            DoctorReport.Write(Console.Out, checks, parsed.GetValue(json));
            if (checks.Any(c => c is { Name: Away, Status: CheckStatus.Fail }))
                return ExitCodes.Unreachable;
            return checks.Any(c => c.Status == CheckStatus.Fail) ? ExitCodes.Distrusted : ExitCodes.Done;
        });
        return command;
    }

    private static async Task<List<Check>> Examine(AssaySettings settings)
    {
        await using var services = KafkaServices.Build(settings, settings.Profiles.Files.Keys);
        var checks = new List<Check>();
        var partitions = await Kafka(services, checks);
        if (settings.Redis is not { } options)
        {
            checks.Add(Check.Warn("redis", "settings", "none: state is in memory",
                "Every start reads the topics again from the beginning of retention. Set Redis:Endpoints for a state that lasts."));
            checks.AddRange((partitions ?? []).Select(p => RetentionCheck.Of(p, -1)).OfType<Check>());
            return checks;
        }

        try
        {
            await using var redis = await RedisConnection.Connect(options, settings.Cluster, inspect: true);
            var doctor = new RedisDoctor(redis);
            checks.AddRange(await doctor.Examine());
            if (partitions is not null)
                checks.AddRange(await doctor.Marks(services.GetRequiredService<GroupOffsets>().Group, partitions));
        }
        catch (RedisSetupException e)
        {
            checks.Add(Check.Fail("redis", Away, e.Message, ""));
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            checks.Add(Check.Fail("redis", "use", e.Message, "Mend what it names, and look again."));
        }

        return checks;
    }

    /// <returns>The input's partitions; null where they cannot be read.</returns>
    private static async Task<IReadOnlyList<PartitionRange>?> Kafka(IServiceProvider services, List<Check> checks)
    {
        try
        {
            checks.AddRange(await services.GetRequiredService<KafkaDoctor>().Examine());
        }
        catch (KafkaSetupException e)
        {
            checks.Add(Check.Fail("kafka", Away, e.Message, ""));
            return null;
        }

        try
        {
            return services.GetRequiredService<GroupOffsets>().Partitions();
        }
        catch (KafkaSetupException)
        {
            // The checks above name the topic or the permission that is missing.
            return null;
        }
    }
}
