using System.CommandLine;
using Assay.Host.Settings;
using Assay.Mapping.Checking;
using Assay.Mapping.Files;
using Assay.Mapping.Inference;
using Assay.Mapping.Profiles;

namespace Assay.Host.Commands;

/// <summary><c>assay profile check</c> and <c>assay profile infer</c>.</summary>
internal static class ProfileCommand
{
    // Enough rows to tell a category from a name.
    private const int Examined = 1_000;

    public static Command Create() => new("profile", "Writes and tries mapping profiles, which say where the fields of a record are.") { Check(), Infer() };

    private static Command Check()
    {
        var profile = new Argument<string>("P") { Description = "The profile." };
        var files = new Argument<string[]>("FILE") { Description = "CSV or JSON lines, also as .gz; - is standard input.", Arity = ArgumentArity.OneOrMore };
        var count = new Option<int>("--records") { HelpName = "N", Description = "Records to show.", DefaultValueFactory = _ => 3 };
        var command = new Command("check", "Shows the first records of FILE as Assay reads them by P; ends with 2 where one cannot be read.") { profile, files, count };
        command.SetAction((parsed, _) =>
        {
            if (parsed.GetValue(count) is < 1 and var shown)
                throw new SettingsException($"--records {shown}: expected 1 or more.");
            var loaded = Profile.Load(parsed.GetValue(profile)!);
            using var rows = RecordFiles.Open(parsed.GetValue(files)!, ProfileFiles.Options(loaded));
            var failures = ProfileCheck.Run(loaded, rows.Columns, rows.Read(), Console.Out, parsed.GetValue(count));
            return Task.FromResult(failures == 0 ? ExitCodes.Done : ExitCodes.WrongUse);
        });
        return command;
    }

    private static Command Infer()
    {
        var file = new Argument<string>("FILE") { Description = "CSV with a header or JSON lines, also as .gz." };
        var command = new Command("infer", $"Prints a first draft of a profile from the first {Examined:N0} records of FILE.") { file };
        command.SetAction((parsed, _) =>
        {
            Console.WriteLine(ProfileInference.Infer(parsed.GetValue(file)!, Examined).TrimEnd());
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
