using Spectre.Console;

namespace Assay.Host.Live;

/// <summary>The look that the tables of the live view share: no borders, one line a row, cut cells.</summary>
internal static class Tables
{
    public static Table Create() => new Table { Border = TableBorder.None, Expand = false }.HideRowSeparators();

    public static TableColumn Text(string title) => new TableColumn(Head(title)) { NoWrap = true }.Padding(0, 2, 0, 0).LeftAligned();

    public static TableColumn Number(string title) => new TableColumn(Head(title)) { NoWrap = true }.Padding(0, 2, 0, 0).RightAligned();

    private static Markup Head(string title) => new($"[bold grey]{title}[/]");

    private static TableColumn Padding(this TableColumn column, int left, int right, int top, int bottom)
    {
        column.Padding = new Padding(left, top, right, bottom);
        return column;
    }
}
