using System.Globalization;
using System.Text;
using Assay.Host.Replay.Attacks;
using Assay.Mapping.Files;

namespace Assay.Host.Tests.Replay.Attacks;

/// <summary>A small CSV stream of two sources, put through attacks.</summary>
internal static class AttackedStream
{
    public static readonly string[] Columns = ["id", "who", "work", "age", "text", "label", "item", "stars", "tool", "reward"];

    public static List<DealtRow> Rows(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var work = i % 3 == 0 ? "Exec" : "Clerk";
            var line = string.Create(CultureInfo.InvariantCulture,
                $"r{i}, w{i % 4}, {work}, {20 + (i * 7 % 40)}, \"some words, 😀 number {i}\", {(i % 2 == 0 ? ">50K" : "<=50K")}, item-{i % 5}, {i % 5}, tool-{i % 3}, 0.5");
            return new DealtRow(i, $"source-{i % 2}", $"w{i % 4}", new FileRecord("a.csv", i + 2, Encoding.UTF8.GetBytes(line)));
        }),
    ];

    public static List<AttackedRow> Attack(IReadOnlyList<DealtRow> rows, long seed, params string[] attacks)
    {
        var output = new List<AttackedRow>();
        using var plan = new AttackPlan([.. attacks.Select(AttackSpec.Parse)], new Roles(), RowEditor.ForCsv(Columns), Open, seed);
        foreach (var row in rows)
            plan.Survey(row);
        plan.Choose();
        foreach (var row in rows)
            plan.Apply(row, output);
        return output;
    }

    public static string? Get(AttackedRow row, string column) => RowEditor.ForCsv(Columns).Get(row.Record.Raw, column);

    public static string Text(AttackedRow row) => Encoding.UTF8.GetString(row.Record.Raw.Span);

    private static RecordFiles Open(string path) => RecordFiles.Open([path], new RecordFileOptions { Format = FileFormat.Csv });

    private sealed class Roles : IRowRoles
    {
        public IReadOnlyList<string> Columns => AttackedStream.Columns;

        public string? Field(string role) => role switch
        {
            "id" or "text" or "label" or "tool" or "reward" => role,
            "identity" => "who",
            "target" => "item",
            "value" => "stars",
            "features/years" => "age",
            _ => null,
        };
    }
}
