using System.Globalization;
using System.Text.Json;
using Assay.Host.Tests.Replay;
using static Assay.Host.Tests.EndToEnd.TrustOutcome;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>
/// Between the records of seven honest writers and one that turns labels, two records for each of theirs come from identities that are never seen
/// again, through a source of their own. Ticks are three times as long, so that views are renewed after the same records of the others.
/// </summary>
[Collection(CommandLine.Collection)]
public sealed class IdentityFloodTests : IDisposable
{
    private const int Rows = 25_000;
    private const int Flood = 2;
    private const int Cap = 1000;
    private const string Attacker = "w3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replay_WithAFloodOfIdentities_KeepsTheCapAndDecidesTheSameAboutTheOthers()
    {
        var (header, rows) = WrittenAdult.Load();
        await Replay("calm", header, Stream(rows, _ => ""), 500);
        var said = await Replay("flooded", header, Stream(rows, Unlabelled), 500 * (1 + Flood));

        var calm = new TrustOutcome(_folder["calm"]);
        var flooded = new TrustOutcome(_folder["flooded"]);
        Assert.Equal(Attacker, Text(Assert.Single(calm.Quarantines), "identity"));
        Assert.Equal(calm.Decisions.Select(d => d.GetRawText()), flooded.Decisions.Select(d => d.GetRawText()));
        Assert.Equal(calm.Verdicts.Select(Judgement), flooded.Verdicts.Where(v => Text(v, "source") != "flood").Select(Judgement));

        var forgotten = (Rows * Flood) - Cap;
        Assert.Equal(forgotten, flooded.Summary.GetProperty("memory_caps").GetProperty("identities_forgotten").GetInt64());
        Assert.Equal(0, calm.Summary.GetProperty("memory_caps").GetProperty("identities_forgotten").GetInt64());
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"forgotten were {forgotten:N0} identities"), said, StringComparison.Ordinal);
        var shown = await State("flooded", "flood");
        Assert.Equal((Cap, forgotten), (shown.GetProperty("identities").GetInt64(), shown.GetProperty("forgotten").GetInt64()));
    }

    [Fact]
    public async Task Replay_WithAFloodOfHonestLabels_AccusesTheSameWriterOfTheSame()
    {
        var (header, rows) = WrittenAdult.Load();
        await Replay("labelled", header, Stream(rows, row => row), 500 * (1 + Flood));
        var outcome = new TrustOutcome(_folder["labelled"]);
        var quarantine = Assert.Single(outcome.Quarantines);
        Assert.Equal((Attacker, "occupation=Exec-managerial"), (Text(quarantine, "identity"), Text(quarantine, "subject")));
        Assert.Empty(outcome.Named("contested"));
        Assert.Equal(7, outcome.At("trusted").Count(name => name.StartsWith('w')));
    }

    [Fact]
    public async Task Replay_WithAFloodOfHostileLabels_AccusesNobodyElse()
    {
        // From half-time on four strangers after each record, all of them with the same label: enough to make another reference of them.
        var (header, rows) = WrittenAdult.Load();
        await Replay("hostile", header, Stream(rows, row => Unlabelled(row) + WrittenAdult.Rich, 4, Rows / 2), 500);
        var outcome = new TrustOutcome(_folder["hostile"]);
        var quarantine = Assert.Single(outcome.Quarantines);
        Assert.Equal((Attacker, "occupation=Exec-managerial"), (Text(quarantine, "identity"), Text(quarantine, "subject")));
        Assert.Empty(outcome.Named("contested"));
    }

    /// <summary>The writers' rows, and after each those of the flood, made of other rows of the file.</summary>
    /// <param name="flood">What the flood makes of a row's cells; empty for no flood.</param>
    /// <param name="strangers">Records of the flood after each record.</param>
    /// <param name="from">Number of the writers' rows before the flood.</param>
    private static IEnumerable<WrittenRow> Stream(string[] rows, Func<string, string> flood, int strangers = Flood, int from = 0)
    {
        for (var i = 0; i < Rows; i++)
        {
            var writer = i * 7907 % 10007 % 8;
            var cells = rows[i];
            if (i >= Rows / 2 && $"w{writer}" == Attacker && cells.Contains("Exec-managerial", StringComparison.Ordinal))
                cells = cells.Replace(WrittenAdult.Rich, WrittenAdult.Poor, StringComparison.Ordinal);
            yield return new WrittenRow($"r{i}", $"w{writer}", $"s{writer}", cells);
            for (var k = i * strangers; i >= from && k < (i + 1) * strangers; k++)
            {
                if (flood(rows[k * 31 % rows.Length]) is { Length: > 0 } strange)
                    yield return new WrittenRow($"f{k}", $"f{k}", "flood", strange);
            }
        }
    }

    private static string Unlabelled(string cells) => cells[..(cells.LastIndexOf(',') + 1)];

    private async Task<string> Replay(string name, string header, IEnumerable<WrittenRow> rows, int tick)
    {
        WrittenAdult.Write(_folder[name + ".csv"], header, rows);
        return (await CommandLine.Run(
            "replay", _folder[name + ".csv"], "--profile", _folder.Write("p.json", WrittenAdult.Profile("topic-acl")), "--out", _folder[name],
            "--state", _folder[name + "-state"], "--set", $"Replay:Tick={tick}", "--set", $"Sources:MaxIdentities={Cap}",
            "--set", $"Ledger:MaxIdentities={Cap}")).Ended(0).Output;
    }

    /// <summary>What <c>assay state show</c> says of the identities of a source.</summary>
    private async Task<JsonElement> State(string name, string source)
    {
        foreach (var file in Directory.EnumerateFiles(_folder[name + "-state"]))
        {
            var state = JsonSerializer.Deserialize<JsonElement>((await CommandLine.Run("state", "show", file)).Ended(0).Output);
            if (Text(state, "source") == source)
                return state.GetProperty("sections").GetProperty("identities").GetProperty("state");
        }

        throw new InvalidOperationException($"There is no state of {source}.");
    }

    private static string Judgement(JsonElement v) => $"{Text(v, "id")} {Text(v, "verdict")} {v.GetProperty("score")} {v.GetProperty("reasons")}";
}
