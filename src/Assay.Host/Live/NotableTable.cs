using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay.Host.Live;

/// <summary>The latest notable verdicts, in words, the latest on top.</summary>
internal static class NotableTable
{
    /// <summary>Width of all columns but identity and reason, paddings of all included.</summary>
    private const int FixedColumns = 28;

    public static IRenderable Render(IReadOnlyList<NotableVerdict> notable, int rows, int width)
    {
        if (notable.Count == 0)
            return new Markup("[grey]Nothing held or rejected yet.[/]");
        var table = Tables.Create();
        table.AddColumn(Tables.Text("AT"));
        table.AddColumn(Tables.Text("VERDICT"));
        table.AddColumn(Tables.Number("TIMES"));
        table.AddColumn(Tables.Text("IDENTITY"));
        table.AddColumn(Tables.Text("WHY"));
        var identity = Math.Min(24, notable.Take(rows).Max(n => n.Identity.Length));
        var room = Math.Max(10, width - identity - FixedColumns);
        foreach (var verdict in notable.Take(rows))
        {
            table.AddRow(
                new Markup($"[grey]{Words.Clock(verdict.At)}[/]"),
                new Markup($"[{LiveScreen.Colour(verdict.Kind)}]{Words.Verdict(verdict.Kind)}[/]"),
                new Markup(Words.Count(verdict.Count)),
                new Markup(LiveScreen.Safe(verdict.Identity, identity)),
                new Markup(LiveScreen.Safe(verdict.Reason, room)));
        }

        return table;
    }
}
