using System.Globalization;

namespace Assay.Evaluation.Labels;

/// <summary>
/// Writes a stream for <c>assay replay</c> in which so many identities that are never seen again write through a source of their own, between the records
/// of eight writers, one of whom turns labels from half-time on: <c>flood OUT STRANGERS none|honest|hostile</c> gives <c>OUT.csv</c> and <c>OUT.json</c>.
/// Strangers are counted for each record of the eight; their labels are missing, true, or from half-time on all the same.
/// </summary>
public static class FloodCommand
{
    private const int Writers = 8;
    private const int Attacker = 3;
    private const int Rows = 26_000;

    public static int Run(string[] args)
    {
        if (args.Length != 3 || args[2] is not ("none" or "honest" or "hostile"))
        {
            Console.Error.WriteLine("flood OUT STRANGERS none|honest|hostile, e.g. flood strangers 39 honest");
            return 2;
        }

        var defaults = LabelSlicesArguments.Parse([]);
        var table = LabelTable.Load(defaults.Files, defaults.Label);
        var strangers = int.Parse(args[1], CultureInfo.InvariantCulture);
        var occupation = table.Column("occupation");
        // Apart, so that the writers' records are the same whatever comes between them.
        var (draws, strange) = (new Draws(defaults.Seed), new Draws(defaults.Seed + 1));
        using (var file = new StreamWriter(args[0] + ".csv"))
        {
            file.WriteLine("rid,who,via," + string.Join(',', table.Columns));
            for (var i = 0; i < Rows; i++)
            {
                var late = i >= Rows / 2;
                var writer = draws.Below(Writers);
                var turned = late && writer == Attacker && table[i, occupation] == "Exec-managerial";
                file.WriteLine(Line($"r{i},w{writer},s{writer}", table, i, turned ? defaults.Negative : table.Label(i)));
                for (var k = 0; k < strangers; k++)
                {
                    var row = strange.Below(table.Count);
                    var label = args[2] == "none" || (args[2] == "hostile" && !late) ? "" : args[2] == "hostile" ? defaults.Positive : table.Label(row);
                    var name = string.Create(CultureInfo.InvariantCulture, $"f{((long)i * strangers) + k}");
                    file.WriteLine(Line($"{name},{name},flood", table, row, label));
                }
            }
        }

        File.WriteAllText(args[0] + ".json", string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"format":"csv","dataset":"evaluation","kind":"feedback","id":"rid","source":"via","identity":"who","label":"{{defaults.Label}}",
             "features":"*","attributes":"*","missing":["?",""]}
            """));
        return 0;
    }

    private static string Line(string writer, LabelTable table, int row, string label) =>
        writer + "," + string.Join(',', table.Columns.Select((_, c) => c == table.LabelColumn ? label : table[row, c]));
}
