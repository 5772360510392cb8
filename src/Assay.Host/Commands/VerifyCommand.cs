using System.CommandLine;
using Assay.Contracts.Topics;
using Assay.Host.Hosting;
using Assay.Host.Settings;
using Assay.Host.Verifying;
using Assay.Kafka.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Host.Commands;

/// <summary><c>assay verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("FILE|TOPIC")
        {
            Description = "decisions.jsonl or recalls.jsonl of a replay; or trust-decisions, trust-log or recalls of the Kafka that the settings name.",
        };
        var keys = new Option<string[]>("--keys")
        {
            HelpName = "PEM",
            Description = "Files of the public keys to accept, one key each. Default: the keys of the settings (Signing).",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var json = new Option<bool>("--json") { Description = "The result as one JSON object, and nothing else." };
        var command = new Command(
            "verify",
            """
            Checks the signatures of a file or a topic; one changed byte is found.

            Counts good, bad and unsigned messages and names each that is not good, with the reason. A topic is read to its present end.
            Ends with 0 where all are good, 1 where one is bad or unsigned, 2 where the input cannot be read, 3 where Kafka does not answer.
            That nothing was left out or cut off at the end no signature can tell: for that, topics carry heartbeats and epochs.
            """)
        {
            target, keys, settings, set, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bound = AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []);
            var asJson = parsed.GetValue(json);
            var tally = new VerifyTally(asJson ? _ => { } : Console.WriteLine);
            var name = await Run(bound, parsed.GetValue(target)!, parsed.GetValue(keys) ?? [], tally, cancellation);
            if (asJson)
                Console.WriteLine(tally.ToJson(name));
            else
                Console.WriteLine(tally.ToSentence(name));
            return tally.AllGood ? ExitCodes.Done : ExitCodes.Distrusted;
        });
        return command;
    }

    /// <returns>The name of what was verified.</returns>
    private static async Task<string> Run(AssaySettings settings, string target, string[] keys, VerifyTally tally, CancellationToken cancellation)
    {
        var names = new TopicNames(settings.Egress.TopicPrefix);
        var topic = File.Exists(target) ? null : TopicVerification.Find(names, target)
            ?? throw new SettingsException(
                $"'{target}' is neither a file nor a topic with signed messages; those are {string.Join(", ", TopicVerification.Topics(names))}.");
        var verifier = SigningKeys.Accepted(settings.Signing, keys);
        if (topic is null)
        {
            FileVerification.Run(target, verifier, tally);
            return target;
        }

        await using var services = KafkaServices.Build(settings, [topic]);
        new TopicVerification(services.GetRequiredService<TopicScan>(), names, verifier, tally).Run(topic, cancellation);
        return topic;
    }
}
