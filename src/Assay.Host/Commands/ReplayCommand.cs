using System.CommandLine;
using Assay.Contracts.Verdicts;
using Assay.Host.Hosting;
using Assay.Host.Replay;
using Assay.Host.Settings;

namespace Assay.Host.Commands;

/// <summary><c>assay replay</c>.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "CSV with a header or JSON lines, also as .gz; - is standard input. Several files are one stream.", Arity = ArgumentArity.OneOrMore };
        var profile = new Option<string>("--profile") { HelpName = "P", Description = "Mapping profile of the files; 'assay profile infer FILE' writes a first one.", Required = true };
        var output = new Option<string?>("--out") { HelpName = "DIR", Description = "Folder for verdicts.jsonl, identities.jsonl, summary.json and the other files." };
        var attack = new Option<string[]>("--attack")
        {
            HelpName = "SPEC",
            Description = "Injects an attack, e.g. 'flip:where=occupation=Exec-managerial,from=>50K,to=<=50K,rate=0.3,source=source-3'. May be repeated; see docs/attacks.md.",
            DefaultValueFactory = _ => [],
        };
        var sources = new Option<int>("--sources") { HelpName = "N", Description = "Deals rows to source-0 … source-N-1 where the profile names no source.", DefaultValueFactory = _ => 1 };
        var identities = new Option<int?>("--identities") { HelpName = "N", Description = "Deals rows to identity-0 … identity-N-1 where the profile names no identity. Default: each source is one identity." };
        var order = new Option<string>("--order") { HelpName = "file|shuffled", Description = "Order of the rows.", DefaultValueFactory = _ => "file" };
        order.AcceptOnlyFromAmong("file", "shuffled");
        var seed = new Option<ulong>("--seed") { HelpName = "S", Description = "Seed of dealing and shuffling.", DefaultValueFactory = _ => 1 };
        var mode = new Option<string>("--mode") { HelpName = "observe|mark|enforce", Description = "What verdicts do to the admitted topic; verdicts are the same in each.", DefaultValueFactory = _ => "enforce" };
        mode.AcceptOnlyFromAmong("observe", "mark", "enforce");
        var limit = new Option<long?>("--limit") { HelpName = "N", Description = "Stops after N records." };
        var state = new Option<string?>("--state") { HelpName = "DIR", Description = "Folder for the state of each source at the end, for 'assay state show'." };
        var json = new Option<bool>("--json") { Description = "Prints the summary as JSON instead of the report." };
        var fail = new Option<bool>("--fail-on-quarantine") { Description = "Ends with exit code 1 when anybody is distrusted at the end: quarantined, or contested." };
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var command = new Command(
            "replay",
            """
            Streams files through the same path as live traffic (broker, source grains, detectors, outputs) and reports.

            Nothing outside this process is touched. The same files, settings and seed give the same output, byte for byte.
            """)
        {
            files, profile, output, attack, sources, identities, order, seed, mode, limit, state, fail, json, settings, set,
        };
        command.SetAction(async (parsed, _) =>
        {
            using var stop = new StopSignals();
            var request = new ReplayRequest
            {
                Files = parsed.GetValue(files)!,
                Profile = parsed.GetValue(profile)!,
                Output = parsed.GetValue(output),
                Attacks = parsed.GetValue(attack) ?? [],
                Sources = parsed.GetValue(sources),
                Identities = parsed.GetValue(identities),
                Shuffled = parsed.GetValue(order) == "shuffled",
                Seed = parsed.GetValue(seed),
                Mode = Enum.Parse<DatasetMode>(parsed.GetValue(mode)!, ignoreCase: true),
                Limit = parsed.GetValue(limit),
                State = parsed.GetValue(state),
                FailOnQuarantine = parsed.GetValue(fail),
                Json = parsed.GetValue(json),
            };
            return await new ReplayRunner(request, AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? [])).Run(stop.Token);
        });
        return command;
    }
}
