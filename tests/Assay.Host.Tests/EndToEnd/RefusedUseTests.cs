using System.IO.Compression;
using System.Text;
using Assay.Host.Tests.Replay;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>What cannot be replayed at all ends with exit code 2 and one message that says what, where and what to do.</summary>
[Collection(CommandLine.Collection)]
public sealed class RefusedUseTests : IDisposable
{
    private const string Csv = """{"format":"csv","dataset":"d","label":"y","features":"*"}""";
    private const string JsonLines = """{"format":"jsonl","dataset":"d","label":"/y","features":"*"}""";
    private const string Good = "x,y\n1,a\n2,b\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, byte[], string> Files => new()
    {
        { Csv, [], "'.*rows' is empty" },
        { Csv, "\n \r\n"u8.ToArray(), "'.*rows' holds blank lines only" },
        { Csv, "x,y\n"u8.ToArray(), "'.*rows': a header and no records" },
        { Csv, "x,y,x\n1,2,3\n"u8.ToArray(), "'.*rows', line 1: columns 1 and 3 have the same name 'x'" },
        { Csv, "x,\"y\n1,2\n"u8.ToArray(), "'.*rows', line 1: a quote in the header is never closed" },
        { Csv, "x,z\n1,2\n"u8.ToArray(), "p\\.json, line 1, label: there is no .*y" },
        { Csv, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Good)], "UTF-16.*iconv" },
        { Csv, Encoding.Unicode.GetBytes(Good), "UTF-16.*iconv" },
        { Csv, "PK\u0003\u0004 and so on"u8.ToArray(), "zip archive.*export it" },
        { Csv, Packed(Good)[..15], "gzip" },
        { Csv, Damaged(), "'.*rows' breaks off at line [0-9]+ after [0-9]+ records.*Get the file again" },
        { Csv, "{\"x\":1}\n"u8.ToArray(), "looks like JSON lines.*\"jsonl\"" },
        { JsonLines, "x,y\n1,2\n"u8.ToArray(), "does not start with a JSON object" },
        { JsonLines, "[{\"x\":1}]\n"u8.ToArray(), "one JSON array.*jq" },
    };

    public static TheoryData<string, string> Profiles => new()
    {
        { "", "p\\.json" },
        { "{\"format\":\"csv\"", "p\\.json.*line 1" },
        { "[]", "p\\.json.*object" },
        { "{\"format\":\"csv\",\"dataset\":\"d\",\"lable\":\"y\"}", "p\\.json.*line 1.*lable.*label" },
        { "{\"format\":\"csv\",\n\"dataset\":\"d\",\n\"label\":\"z\"}", "p\\.json, line 3, label: there is no .*z" },
        { "{\"format\":\"avro\",\"dataset\":\"d\"}", "p\\.json.*format.*csv" },
    };

    public static TheoryData<string, string> Options => new()
    {
        { "--attack|flop:from=a,to=b", "flop.*flip" },
        { "--attack|flip:from=a", "flip.*to" },
        { "--attack|flip:from=a,to=b,rate=2", "rate.*2" },
        { "--attack|flip:from=a,to=b,colour=red", "colour" },
        { "--attack|flip:from=nobody,to=b", "nobody" },
        { "--attack|", "attack" },
        { "--attack|outlier:column=none,shift=3", "none" },
        { "--set|Records:HoldBudget=lots", "HoldBudget" },
        { "--set|Records:HoldBudget=-1", "HoldBudget" },
        { "--set|Nothing:Here=1", "Nothing" },
        { "--set|nonsense", "nonsense.*KEY=VALUE" },
        { "--settings|/nowhere.json", "nowhere.json" },
        { "--sources|0", "--sources 0: expected 1 or more" },
        { "--limit|-1", "--limit -1: expected 1 or more" },
        { "--limit|many", "many" },
        { "--order|random", "random" },
        { "--mode|strict", "strict" },
        { "--out|/proc/nothing/out", "'/proc/nothing/out'.*--out" },
        { "--state|/proc/nothing/state", "'/proc/nothing/state'" },
        { "--colour", "--colour" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Replay_WhenFileCannotBeUsed_SaysWhereAndWhatToDo(string profile, byte[] content, string message)
    {
        File.WriteAllBytes(_folder["rows"], content);
        await AssertRefused(message, _folder["rows"], "--profile", _folder.Write("p.json", profile));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Replay_WhenProfileIsWrong_NamesFileAndLine(string profile, string message) =>
        await AssertRefused(message, _folder.Write("rows", Good), "--profile", _folder.Write("p.json", profile));

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Replay_WhenOptionIsWrong_NamesItAndItsValue(string option, string message) =>
        await AssertRefused(message, [_folder.Write("rows", Good), "--profile", _folder.Write("p.json", Csv), .. option.Split('|')]);

    [Fact]
    public async Task Replay_WhenFileIsMissingADirectoryOrForbidden_SaysSo()
    {
        var profile = _folder.Write("p.json", Csv);
        await AssertRefused("does not exist", _folder["none"], "--profile", profile);
        await AssertRefused("is a directory", _folder["."], "--profile", profile);
        await AssertRefused("p2.json: cannot be read", _folder.Write("rows", Good), "--profile", _folder["p2.json"]);
        await AssertRefused("have different headers", _folder["rows"], _folder.Write("other", "y,x\na,1\n"), "--profile", profile);
    }

    [Fact]
    public async Task Replay_WhenFileMayNotBeRead_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Needs Unix permissions and a user whom they bind.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.Write("rows", Good), UnixFileMode.None);
        await AssertRefused("may not be read", _folder["rows"], "--profile", _folder.Write("p.json", Csv));
    }

    [Fact]
    public async Task Replay_WhenFolderHoldsSomebodysWork_LeavesItAlone()
    {
        Directory.CreateDirectory(_folder["out"]);
        var precious = _folder.Write("out/thesis.txt", "years");
        await AssertRefused(
            "'thesis.txt', which no replay wrote",
            _folder.Write("rows", Good), "--profile", _folder.Write("p.json", Csv), "--out", _folder["out"]);
        Assert.Equal([precious], Directory.EnumerateFileSystemEntries(_folder["out"]));
        await AssertRefused("is a file", _folder["rows"], "--profile", _folder["p.json"], "--out", precious);
    }

    [Theory]
    [InlineData("foo", "'foo'")]
    [InlineData("replay", "FILE.*'assay replay --help'")]
    [InlineData("profile check", "'assay profile check --help'")]
    [InlineData("state show /nowhere", "/nowhere")]
    public async Task Command_WhenWrong_SaysWhatCanBeSaid(string command, string message)
    {
        var outcome = (await CommandLine.Run(command.Split(' '))).Ended(2);
        Assert.Matches("(?s)" + message, outcome.Error);
    }

    private static async Task AssertRefused(string message, params string[] arguments)
    {
        var outcome = (await CommandLine.Run(["replay", .. arguments])).Ended(2);
        Assert.Matches("(?s)" + message, outcome.Error);
        Assert.Equal("", outcome.Output);
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static byte[] Damaged()
    {
        var packed = Packed(Good + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i * 7919 % 10007},a\n")));
        packed[packed.Length / 2] ^= 0xFF;
        packed[(packed.Length / 2) + 1] ^= 0x55;
        return packed;
    }
}
