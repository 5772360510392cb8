using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay.Host.Live;

/// <summary>
/// The sources of a snapshot as a table. Rows keep their order; where room is short, those with most held and rejected stay.
/// </summary>
internal static class SourceTable
{
    public static IRenderable Render(IReadOnlyList<SourceFlow> sources, int rows, bool wide)
    {
        var table = Tables.Create();
        table.AddColumn(Tables.Text("SOURCE"));
        if (wide)
            table.AddColumn(Tables.Text("TOPIC"));
        table.AddColumn(Tables.Number("RECORDS"));
        table.AddColumn(Tables.Number("REC/S"));
        if (wide)
            table.AddColumn(Tables.Number("ADMITTED"));
        table.AddColumn(Tables.Number("HELD"));
        table.AddColumn(Tables.Number("REJECTED"));
        table.AddColumn(Tables.Number("DEAD"));
        table.AddColumn(Tables.Number("WORST"));
        if (wide)
            table.AddColumn(Tables.Text("LAST"));

        foreach (var source in Choose(sources, rows))
            table.AddRow([.. Cells(source, wide)]);
        return sources.Count > rows
            ? new Rows(table, new Markup($"[grey]and {sources.Count - rows} more sources[/]"))
            : table;
    }

    private static IEnumerable<Markup> Cells(SourceFlow source, bool wide)
    {
        var counts = source.Counts;
        yield return new Markup(LiveScreen.Safe(source.Source, 40));
        if (wide)
            yield return new Markup($"[grey]{LiveScreen.Safe(source.Topic, 40)}[/]");
        yield return new Markup(Words.Count(counts.Records));
        yield return new Markup(Words.Rate(source.Rate));
        if (wide)
            yield return new Markup(Words.Count(counts.Admitted));
        yield return Coloured(counts.Held, "yellow");
        yield return Coloured(counts.Rejected, "red");
        yield return Coloured(counts.DeadLetters, "grey");
        yield return new Markup(Words.Score(source.MaxScore));
        if (wide)
            yield return new Markup($"[{LiveScreen.Colour(source.Last)}]{Words.Verdict(source.Last)}[/]");
    }

    private static Markup Coloured(long count, string colour) =>
        new(count == 0 ? "[grey]0[/]" : $"[{colour}]{Words.Count(count)}[/]");

    private static IEnumerable<SourceFlow> Choose(IReadOnlyList<SourceFlow> sources, int rows)
    {
        if (sources.Count <= rows)
            return sources;
        var chosen = sources.OrderByDescending(s => s.Counts.Held + s.Counts.Rejected).ThenByDescending(s => s.Counts.Records)
            .Take(rows).ToHashSet();
        return sources.Where(chosen.Contains);
    }
}
