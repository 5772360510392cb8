using System.CommandLine;
using Assay.Contracts.State;
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
        var parsed = Create().Parse(args.Length == 0 ? ["run"] : args);
        if (parsed.Errors.Count > 0)
        {
            var command = parsed.CommandResult.Command.Name;
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, parsed.Errors.Select(e => e.Message)));
            await Console.Error.WriteLineAsync($"'assay {(parsed.CommandResult.Command is RootCommand ? "" : command + " ")}--help' shows what can be said.");
            return ExitCodes.WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e) when (e is SettingsException or InputException or OutputException or ProfileException or StateFormatException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.WrongUse;
        }
        catch (KafkaSetupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.Problem == KafkaSetupProblem.Unreachable ? ExitCodes.Unreachable : ExitCodes.WrongUse;
        }
    }

    private static RootCommand Create() => new(
        """
        Assay scores every record that flows into continuously retrained AI systems for signs of poisoning.

        Try it:   assay run                                       live traffic with attacks, nothing else needed
                  assay replay data.csv --profile profile.json    your own data, through the same path
                  assay profile infer data.csv                    a first profile for your data
        Without a command, assay runs.
        """)
    {
        RunCommand.Create(),
        ReplayCommand.Create(),
        TopicsCommand.Create(),
        ProfileCommand.Create(),
        StateCommand.Create(),
    };
}
