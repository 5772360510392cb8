using System.CommandLine;
using Assay.Host.Settings;

namespace Assay.Host.Commands;

/// <summary><c>assay keys create|public</c>.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Makes and shows the key that signs decisions, recalls and heartbeats.") { Make(), Public() };

    private static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "Where the private key goes; FILE.pub gets the public one." };
        var keep = new Option<bool>("--keep") { Description = "Where FILE exists, keep it and end with 0, as a start that may be repeated wants it." };
        var command = new Command(
            "create",
            """
            Makes a signing key (ECDSA on P-256): FILE for Assay alone (mode 0600), FILE.pub for everybody who verifies.

            Set Signing:KeyFile to FILE on every silo of a cluster. No file is overwritten.
            """)
        {
            file, keep,
        };
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetValue(file)!;
            if (parsed.GetValue(keep) && File.Exists(path))
            {
                Console.WriteLine($"{path} is kept, key {KeyFiles.ReadPrivate(path, "FILE").PublicKey.KeyId}");
                return Task.FromResult(ExitCodes.Done);
            }

            var key = KeyFiles.Create(path);
            Console.WriteLine($"created {path} (private) and {KeyFiles.PublicOf(path)} (public), key {key.KeyId}");
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Command Public()
    {
        var settings = CommonOptions.Settings();
        var set = CommonOptions.Set();
        var command = new Command("public", "Prints the public half (PEM) of the key that Signing:KeyFile names, for those who verify.") { settings, set };
        command.SetAction((parsed, _) =>
        {
            Console.WriteLine(SigningKeys.Public(AssaySettings.Load(parsed.GetValue(settings), parsed.GetValue(set) ?? []).Signing).Pem);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
