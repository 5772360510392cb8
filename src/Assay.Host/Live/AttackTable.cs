using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay.Host.Live;

/// <summary>What became of the generated attacks; the latest to start stay where room is short.</summary>
internal static class AttackTable
{
    /// <summary>Width of all columns but the description, paddings included.</summary>
    private const int FixedColumns = 66;

    public static IRenderable Render(IReadOnlyList<AttackProgress> attacks, int rows, int width)
    {
        var table = Tables.Create();
        table.AddColumn(Tables.Text("ATTACKS (the generator's truth)"));
        table.AddColumn(Tables.Number("FROM RECORD"));
        table.AddColumn(Tables.Number("SENT"));
        table.AddColumn(Tables.Number("HELD"));
        table.AddColumn(Tables.Number("REJECTED"));
        table.AddColumn(Tables.Text("CAUGHT"));
        foreach (var progress in attacks.Skip(attacks.Count - Math.Min(rows, attacks.Count)))
        {
            table.AddRow(
                new Markup(LiveScreen.Safe(progress.Attack.Description, Math.Max(20, width - FixedColumns))),
                new Markup($"[grey]{Words.Count(progress.Attack.Start)}[/]"),
                new Markup(Words.Count(progress.Sent)),
                new Markup($"[yellow]{Words.Count(progress.Seen.Held)}[/]"),
                new Markup($"[red]{Words.Count(progress.Seen.Rejected)}[/]"),
                new Markup(Caught(progress)));
        }

        return table;
    }

    /// <summary>All attacks in one line.</summary>
    public static IRenderable Line(IReadOnlyList<AttackProgress> attacks) => new Markup(
        $"{attacks.Count} attacks since the start: {Words.Count(attacks.Sum(a => a.Sent))} records, "
        + $"[yellow]{Words.Count(attacks.Sum(a => a.Seen.Held))} held[/], [red]{Words.Count(attacks.Sum(a => a.Seen.Rejected))} rejected[/]");

    /// <summary>When the writer was quarantined, and whether for what it did.</summary>
    private static string Caught(AttackProgress attack) => attack.Caught switch
    {
        null => "[grey]–[/]",
        { ForTheAttack: true } caught => $"[green]at {Words.Clock(caught.At)}[/]",
        { } caught => $"[yellow]at {Words.Clock(caught.At)}, other[/]",
    };
}
