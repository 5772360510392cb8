using System.Text;
using Assay.Host.Tests.Replay;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>Files of valid, mutated and meaningless lines: each line that is not blank has exactly one verdict.</summary>
[Collection(CommandLine.Collection)]
public sealed class ArbitraryFileTests
{
    [Property(MaxTest = 5, Replay = "7919,104729")]
    public Property Replay_OfAnyLines_AccountsForEveryOne() => Prop.ForAll(Lines().ToArbitrary(), lines =>
    {
        using var folder = new TemporaryFolder();
        byte[] file = [.. Valid(0), (byte)'\n', .. lines.SelectMany((line, i) => line.Append("\n\r"u8[i % 2]))];
        File.WriteAllBytes(folder["rows"], file);
        var outcome = CommandLine.Run("replay", folder["rows"], "--profile", folder.Write("p.json", MalformedRecords.JsonProfile), "--out", folder["out"])
            .GetAwaiter().GetResult();
        outcome.Ended(0);
        var files = new ReplayedFiles(folder["out"]);
        files.AssertComplete(NotBlank(file));
        Assert.All(files.DeadLetters, dead => Assert.NotEqual("", dead.GetProperty("reason").GetString()));
    });

    private static Gen<byte[][]> Lines()
    {
        var random = ArbMap.Default.GeneratorFor<byte[]>();
        var valid = Gen.Choose(1, 50).Select(Valid);
        var mutated =
            from line in valid
            from at in Gen.Choose(0, line.Length - 1)
            from value in Gen.Choose(0, 255)
            from keep in Gen.Choose(0, 2)
            select (byte[])[.. line[..at], .. keep == 0 ? [] : new[] { (byte)value }, .. line[(keep == 2 ? at : at + 1)..]];
        return Gen.OneOf(valid, mutated, mutated, random).ArrayOf(250);
    }

    private static byte[] Valid(int i) => Encoding.UTF8.GetBytes(
        $$"""{"id":"r{{i}}","t":"2024-02-29T12:00:00Z","s":"v{{i % 3}}","w":"w{{i % 7}}","l":"yes","x":"words \u00e4 {{i}}","a":{{i}}.5}""");

    // Lines end in LF, CR or CR LF, and a blank one holds spaces and tabs alone.
    private static IEnumerable<long> NotBlank(byte[] file)
    {
        var lines = Encoding.Latin1.GetString(file).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        return Enumerable.Range(1, lines.Length).Where(line => lines[line - 1].Trim(' ', '\t').Length > 0).Select(line => (long)line);
    }
}
