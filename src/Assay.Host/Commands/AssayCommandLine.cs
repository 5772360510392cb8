using System.CommandLine;
using System.CommandLine.Parsing;
using Assay.Contracts.State;
using Assay.Host.Redis;
using Assay.Host.Replay.Output;
using Assay.Host.Settings;
using Assay.Kafka.Clients;
using Assay.Mapping.Files;
using Assay.Mapping.Profiles;

namespace Assay.Host.Commands;

/// <summary>The whole command line.</summary>
public static class AssayCommandLine
{
    /// <summary>Runs one command; every expected failure becomes one message on standard error and an exit code.</summary>
    public static async Task<int> Run(string[] args)
    {
        var parsed = Create().Parse(args);
        var command = parsed.CommandResult.Command;
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, parsed.Errors.Select(e => e.Message)));
            await Console.Error.WriteLineAsync($"'{Path(parsed.CommandResult)} --help' shows what can be said.");
            return ExitCodes.WrongUse;
        }

        // A list of commands says in one line what each is for; the command's own help says the rest.
        foreach (var part in command.Subcommands)
            part.Description = part.Description?.Split('\n')[0].TrimEnd();
        try
        {
            return await parsed.InvokeAsync(Invocation);
        }
        catch (Exception e) when (e is SettingsException or InputException or OutputException or ProfileException or StateFormatException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.WrongUse;
        }
        catch (RedisSetupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Unreachable;
        }
        catch (KafkaSetupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.Problem == KafkaSetupProblem.Unreachable ? ExitCodes.Unreachable : ExitCodes.WrongUse;
        }
    }

    private static InvocationConfiguration Invocation => new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "assay";

    private static RootCommand Create()
    {
        var run = RunCommand.Create();
        var root = new RootCommand(About)
        {
            run,
            ReplayCommand.Create(),
            TopicsCommand.Create(),
            TrafficCommand.Create(),
            HealthCommand.Create(),
            ProfileCommand.Create(),
            StateCommand.Create(),
            KeysCommand.Create(),
            VerifyCommand.Create(),
            DoctorCommand.Create(),
            RebuildCommand.Create(),
            AcceptLossCommand.Create(),
        };
        root.SetAction((_, stop) => run.Parse([]).InvokeAsync(Invocation, stop));
        return root;
    }

    private const string About =
        """
        Assay scores every record that flows into continuously retrained AI systems for signs of poisoning.

        Try it:   assay run                                       live traffic with attacks, nothing else needed
                  assay replay data.csv --profile profile.json    your own data, through the same path
                  assay profile infer data.csv                    a first profile for your data
        Without a command, assay runs.
        """;
}
