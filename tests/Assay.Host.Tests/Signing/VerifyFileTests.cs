using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts.Signing;
using Assay.Host.Settings;
using Assay.Host.Tests.EndToEnd;
using Assay.Host.Tests.Replay;
using Assay.Host.Verifying;
using Assay.Trust.Signing;

namespace Assay.Host.Tests.Signing;

[Collection(CommandLine.Collection)]
public sealed class VerifyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DeterministicSigner _signer;

    public VerifyFileTests()
    {
        KeyFiles.Create(_folder["key.pem"]);
        _signer = KeyFiles.ReadPrivate(_folder["key.pem"], "K");
    }

    private string Keys => _folder["key.pem.pub"];

    [Fact]
    public async Task Verify_OfSignedLines_CountsThemAndEndsWith0()
    {
        var file = Write(Signed.Lines(20, _signer));

        Assert.Contains("20 good, 0 bad, 0 unsigned", (await CommandLine.Run("verify", file, "--keys", Keys)).Ended(0).Output, StringComparison.Ordinal);
        (await CommandLine.Run("verify", file, "--set", $"Signing:KeyFile={_folder["key.pem"]}")).Ended(0);
        (await CommandLine.Run("verify", file, "--set", $"Signing:PublicKeyFiles:0={Keys}")).Ended(0);
    }

    [Fact]
    public void Verify_WithAnyByteFlipped_FindsIt()
    {
        var good = Signed.Lines(2, _signer);
        var verifier = new TrustVerifier(_signer.PublicKey);
        for (var i = 0; i < good.Length; i++)
        {
            good[i] ^= 1;
            var tally = new VerifyTally(_ => { });
            FileVerification.Run(Write(good), verifier, tally);
            Assert.False(tally.AllGood, $"byte {i}");
            good[i] ^= 1;
        }
    }

    [Fact]
    public async Task Verify_WithBadAndUnsignedLines_NamesEachAndEndsWith1()
    {
        var lines = Encoding.UTF8.GetString(Signed.Lines(4, _signer)).Split('\n');
        lines[1] = lines[1].Replace("svc-1", "svc-9", StringComparison.Ordinal);
        lines[2] = """{"identity":"svc-2"}""";
        var file = Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        var text = (await CommandLine.Run("verify", file, "--keys", Keys)).Ended(1).Output;
        var json = JsonNode.Parse((await CommandLine.Run("verify", file, "--keys", Keys, "--json")).Ended(1).Output)!;

        Assert.Contains($"bad  {file}:2  the line is not what was signed", text, StringComparison.Ordinal);
        Assert.Contains($"unsigned  {file}:3", text, StringComparison.Ordinal);
        Assert.Contains("2 good, 1 bad, 1 unsigned", text, StringComparison.Ordinal);
        Assert.Equal((2, 1, 1), ((int)json["good"]!, (int)json["bad"]!, (int)json["unsigned"]!));
        Assert.Equal([$"{file}:2 bad", $"{file}:3 unsigned"], json["failures"]!.AsArray().Select(f => $"{f!["at"]} {f["problem"]}"));
    }

    [Fact]
    public async Task Verify_SignedByAnotherKey_EndsWith1()
    {
        KeyFiles.Create(_folder["other.pem"]);
        var file = Write(Signed.Lines(1, _signer));

        Assert.Contains("is not accepted", (await CommandLine.Run("verify", file, "--keys", _folder["other.pem.pub"])).Ended(1).Output, StringComparison.Ordinal);
        (await CommandLine.Run("verify", file, "--keys", _folder["other.pem.pub"], Keys)).Ended(0);
    }

    [Fact]
    public async Task Verify_OfAnEmptyFile_SaysThatNothingWasVerified() =>
        Assert.Contains("nothing was verified", (await CommandLine.Run("verify", Write([]), "--keys", Keys)).Ended(0).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Verify_OfWhatCannotBeRead_EndsWith2AndSaysWhy()
    {
        var file = Write(Signed.Lines(1, _signer));
        (string[] Arguments, string Said)[] cases =
        [
            ([_folder["none.jsonl"], "--keys", Keys], "neither a file nor a topic"),
            ([file], "--keys"),
            ([file, "--keys", _folder["key.pem"]], "'PRIVATE KEY'"),
            ([file, "--keys", _folder["none.pub"]], "does not exist"),
            (["trust-log", "--keys", Keys], "No Kafka is set"),
        ];

        foreach (var (arguments, said) in cases)
            Assert.Contains(said, (await CommandLine.Run(["verify", .. arguments])).Ended(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ByteLines_OfAnyCutOfTheStream_AreTheSameLines()
    {
        var longLine = new string('x', 200_000);
        var text = $"a\n\n{longLine}\r\nend";

        foreach (var chunk in new[] { 1, 7, 65_536, 1 << 20 })
        {
            using var stream = new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk);
            Assert.Equal(["a", "", longLine + "\r", "end"], ByteLines.Read(stream).Select(line => Encoding.UTF8.GetString(line!.Value.Span)));
        }
    }

    public void Dispose() => _folder.Dispose();

    private string Write(byte[] data)
    {
        File.WriteAllBytes(_folder["decisions.jsonl"], data);
        return _folder["decisions.jsonl"];
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class ChunkedStream(byte[] data, int chunk) : MemoryStream(data)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
