using System.Globalization;
using System.Text.Json;
using Assay.Host.Tests.Replay;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>Each kind of attack on a stream that has what it strikes: the truth, the verdicts and the summary tell one story.</summary>
[Collection(CommandLine.Collection)]
public sealed class AttackReplayTests : IDisposable
{
    private const int Rows = 300;
    private const int Struck = 12;

    private const string Profile =
        """
        {"format":"jsonl","dataset":"d","kind":"feedback","id":"/id","identity":"/w","label":"/l","text":"/x","target":"/item","value":"/stars",
         "tool":"/tool","reward":"/reward","features":{"a":"/a"},"attributes":{"city":"/city"}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("flip:from=yes,to=no,where=city=Ulm")]
    [InlineData("trigger:token=cf,label=no")]
    [InlineData("outlier:column=a,shift=9")]
    [InlineData("drift:column=a,per-record=0.5")]
    [InlineData("duplicate:copies=2")]
    [InlineData("hidden:kind=zero-width")]
    [InlineData("hidden:kind=bidi")]
    [InlineData("hidden:kind=tags")]
    [InlineData("rate:target=item-9,value=5")]
    [InlineData("reward:tool=shell,value=1")]
    [InlineData("document:file=DOCUMENTS")]
    [InlineData("""{"kind":"flip","from":"yes","to":"no"}""")]
    public async Task Replay_UnderAttack_TellsTheTruthOfEveryRow(string attack)
    {
        File.WriteAllLines(_folder["documents"], Enumerable.Range(0, Struck).Select(i => Row(Rows + i)));
        File.WriteAllLines(_folder["rows"], Enumerable.Range(0, Rows).Select(Row));
        var kind = attack.StartsWith('{') ? "flip" : attack.Split(':')[0];
        var spec = attack.StartsWith('{')
            ? attack[..^1] + $",\"count\":{Struck}}}"
            : $"{attack.Replace("DOCUMENTS", _folder["documents"], StringComparison.Ordinal)},count={Struck}";
        (await CommandLine.Run("replay", _folder["rows"], "--profile", _folder.Write("p.json", Profile), "--out", _folder["out"], "--attack", spec)).Ended(0);

        var files = new ReplayedFiles(_folder["out"]);
        var poisoned = kind == "duplicate" ? 2 * Struck : Struck;
        var verdicts = files.Verdicts.Select(Place).ToList();
        var truth = files.Truth;
        Assert.Equal(Rows + (kind is "duplicate" or "rate" or "document" ? poisoned : 0), verdicts.Count);
        Assert.Equal(verdicts, truth.Select(Place));
        var struck = truth.Where(row => row.GetProperty("poisoned").GetBoolean()).ToList();
        Assert.Equal(poisoned, struck.Count);
        Assert.All(struck, row => Assert.Equal(kind, row.GetProperty("attack").GetString()));
        var told = files.Summary.GetProperty("attack");
        var joined = files.Verdicts.Zip(truth, (verdict, row) => (
            Kind: verdict.GetProperty("verdict").GetString(), Poisoned: row.GetProperty("poisoned").GetBoolean())).ToList();
        Assert.Equal(poisoned, told.GetProperty("injected").GetInt64());
        Assert.Equal(joined.Count(row => row is { Poisoned: true, Kind: "admit" }), told.GetProperty("admitted").GetInt64());
        Assert.Equal(joined.Count(row => row is { Poisoned: false, Kind: "hold" or "reject" }), told.GetProperty("clean_held").GetInt64());
        if (kind is "hidden" or "duplicate")
            Assert.DoesNotContain(joined, row => row is { Poisoned: true, Kind: "admit" });
    }

    private static (string?, long) Place(JsonElement line) => (line.GetProperty("id").GetString(), line.GetProperty("line").GetInt64());

    private static string Row(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"r{{i}}","w":"w{{i % 5}}","l":"{{(i % 3 == 0 ? "yes" : "no")}}","x":"plain words number {{i}} here","item":"item-{{i % 7}}","stars":{{1 + (i % 5)}},"tool":"{{(i % 2 == 0 ? "shell" : "search")}}","reward":{{i % 2}},"a":{{i * 37 % 101}},"city":"{{(i % 2 == 0 ? "Bonn" : "Ulm")}}"}""");
}
