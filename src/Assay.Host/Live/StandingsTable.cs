using Assay.Contracts.Trust;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay.Host.Live;

/// <summary>Who is not in good standing and why, the worst on top.</summary>
internal static class StandingsTable
{
    /// <summary>Width of all columns but identity and reason, paddings of all included.</summary>
    private const int FixedColumns = 50;

    /// <summary>From this width on, the counts stand in columns of their own.</summary>
    private const int Wide = 110;
    private const int CountColumns = 26;
    private const string Header = "IDENTITY";

    /// <param name="rows">Identities shown at most, 1 or more; one more line says how many there are beyond.</param>
    public static IRenderable Render(FlowSnapshot flow, int rows, int width)
    {
        var shown = flow.Standings.Take(rows).ToList();
        var wide = width >= Wide;
        var table = Tables.Create();
        table.AddColumn(Tables.Text("AT"));
        table.AddColumn(Tables.Text("STANDING"));
        if (wide)
        {
            table.AddColumn(Tables.Number("HELD"));
            table.AddColumn(Tables.Number("LEAKED"));
            table.AddColumn(Tables.Number("RECALLED"));
        }

        table.AddColumn(Tables.Text(Header));
        table.AddColumn(Tables.Text("WHY"));
        var identity = Math.Clamp(shown.Max(s => s.Decision.Identity.Length), Header.Length, 24);
        var room = Math.Max(10, width - identity - FixedColumns + (wide ? 0 : CountColumns));
        foreach (var standing in shown)
            table.AddRow([.. Cells(standing, identity, room, wide)]);
        var more = flow.Standings.Count - shown.Count + flow.StandingsUnshown;
        return more == 0 ? table : new Rows(table, new Markup($"[grey]and {Words.Count(more)} more[/]"));
    }

    private static IEnumerable<Markup> Cells(StandingFlow standing, int identity, int reason, bool wide)
    {
        yield return new Markup($"[grey]{Words.Clock(standing.At)}[/]");
        yield return new Markup($"[{Colour(standing.Decision.Standing)}]{standing.Decision.Standing.Name()}[/]");
        if (wide)
        {
            yield return new Markup(Words.Count(standing.Held));
            yield return new Markup(Words.Count(standing.Leaked));
            yield return new Markup(Words.Count(standing.Recalled));
        }

        yield return new Markup(LiveScreen.Safe(standing.Decision.Identity, identity));
        yield return new Markup(LiveScreen.Safe(standing.Decision.Reason + InEffect(standing), reason));
    }

    private static string InEffect(StandingFlow standing) => standing.InEffect is { } after ? $" (in effect after {Words.Seconds(after)})" : "";

    private static string Colour(Standing standing) => standing switch
    {
        Standing.Revoked => "red",
        Standing.Quarantined or Standing.Paused => "yellow",
        _ => "grey",
    };
}
