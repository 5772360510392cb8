using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay.Host.Live;

/// <summary>The latest notable verdicts, in words, the latest on top.</summary>
internal static class NotableTable
{
    /// <summary>Width of all columns but identity and reason, paddings of all included.</summary>
    private const int FixedColumns = 28;

    /// <summary>Below this width the time gives way to the reason.</summary>
    private const int Wide = 100;
    private const int TimeColumn = 7;

    public static IRenderable Render(IReadOnlyList<NotableVerdict> notable, int rows, int width)
    {
        if (notable.Count == 0)
            return new Markup("[grey]Nothing held or rejected yet.[/]");
        var table = Tables.Create();
        if (width >= Wide)
            table.AddColumn(Tables.Text("AT"));
        table.AddColumn(Tables.Text("VERDICT"));
        table.AddColumn(Tables.Number("TIMES"));
        table.AddColumn(Tables.Text("IDENTITY"));
        table.AddColumn(Tables.Text("WHY"));
        var identity = Math.Min(24, notable.Take(rows).Max(n => n.Identity.Length));
        var room = Math.Max(10, width - identity - FixedColumns + (width >= Wide ? 0 : TimeColumn));
        foreach (var verdict in notable.Take(rows))
            table.AddRow([.. Cells(verdict, identity, room, width >= Wide)]);
        return table;
    }

    private static IEnumerable<Markup> Cells(NotableVerdict verdict, int identity, int reason, bool wide)
    {
        if (wide)
            yield return new Markup($"[grey]{Words.Clock(verdict.At)}[/]");
        yield return new Markup($"[{LiveScreen.Colour(verdict.Kind)}]{Words.Verdict(verdict.Kind)}[/]");
        yield return new Markup(Words.Count(verdict.Count));
        yield return new Markup(LiveScreen.Safe(verdict.Identity, identity));
        yield return new Markup(LiveScreen.Safe(verdict.Reason, reason));
    }
}
