using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Host.Settings;
using Assay.Host.Tests.Architecture;
using Assay.Host.Tests.Replay;

namespace Assay.Host.Tests.Signing;

/// <summary>The script that the documentation gives retrainers: an implementation that shares no code with Assay.</summary>
public sealed class PythonExampleTests : IDisposable
{
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];
    private readonly TemporaryFolder _folder = new();

    private static Lazy<string?> Interpreter { get; } = new(() => Interpreters.FirstOrDefault(i => Run(i, ["-c", "import cryptography"], "")?.Code == 0));

    [Fact]
    public void Script_OfSignedMessages_AcceptsThemAndNoChangedOne()
    {
        Assert.SkipWhen(Interpreter.Value is null, "python3 with cryptography is not installed (Debian: python3-cryptography)");
        KeyFiles.Create(_folder["key.pem"]);
        var signer = KeyFiles.ReadPrivate(_folder["key.pem"], "K");
        SignedMessage[] good =
        [
            .. Enumerable.Range(0, 10).Select(n => SignedMessage.Of(Signed.Decision(n), signer)), SignedMessage.Of(Signed.Recall(3), signer),
            SignedMessage.Of(Signed.Decision(1) with { Identity = "[odd" }, signer), SignedMessage.Of(new TrustHeartbeat(0, 1, 5, DateTimeOffset.UnixEpoch), signer),
        ];
        var value = Encoding.UTF8.GetString(good[0].Value);
        SignedMessage[] bad =
        [
            good[0] with { Value = Encoding.UTF8.GetBytes(value.Replace("quarantined", "trusted", StringComparison.Ordinal)) },
            good[0] with { Signature = good[1].Signature },
            good[0] with { Signature = "{}"u8.ToArray() },
            good[0] with { Key = "somebody-else" },
            good[^1] with { Key = "[\"heartbeat\",1]" },
            SignedMessage.Of(Signed.Decision(0), Assay.Trust.Signing.DeterministicSigner.Generate()),
        ];

        var all = Verify(good);
        var mixed = Verify([.. bad, .. good, good[0] with { Signature = [] }]);

        Assert.Equal((0, "13 good, 0 not"), (all.Code, all.Output.Trim()));
        Assert.Equal(1, mixed.Code);
        Assert.EndsWith("13 good, 7 not", mixed.Output.Trim(), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 6).Append(19).Select(n => $"t/0/{n}"), mixed.Output.Trim().Split('\n')[..^1].Select(l => l[..l.IndexOf(':', StringComparison.Ordinal)]));
    }

    public void Dispose() => _folder.Dispose();

    private (int Code, string Output) Verify(IReadOnlyList<SignedMessage> messages)
    {
        var input = string.Concat(messages.Select((m, i) => AsKcat(m, i) + "\n"));
        var result = Run(Interpreter.Value!, [Repository.At("docs", "examples", "verify_trust.py"), _folder["key.pem.pub"]], input)!.Value;
        Assert.True(result.Error.Length == 0, result.Error);
        return (result.Code, result.Output);
    }

    /// <summary>A line of <c>kcat -J</c>; without a signature, without the header.</summary>
    private static string AsKcat(SignedMessage message, int offset) => new JsonObject
    {
        ["topic"] = "t",
        ["partition"] = 0,
        ["offset"] = offset,
        ["headers"] = message.Signature.Length == 0 ? new JsonArray("content-type", "x") : new JsonArray("content-type", "x", HeaderNames.Dsse, Encoding.UTF8.GetString(message.Signature)),
        ["key"] = message.Key,
        ["payload"] = Encoding.UTF8.GetString(message.Value),
    }.ToJsonString();

    private static (int Code, string Output, string Error)? Run(string file, string[] arguments, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
