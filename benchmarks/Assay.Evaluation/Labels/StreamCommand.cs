using System.Globalization;

namespace Assay.Evaluation.Labels;

/// <summary>
/// Writes a stream of the published tables for <c>assay replay</c>: <c>stream OUT [SPLIT [SOURCES [PASSES [SEED [COLUMN=VALUE RATE]]]]]</c> gives
/// <c>OUT.csv</c> and <c>OUT.json</c>, its profile. Without an attack the stream is clean.
/// </summary>
public static class StreamCommand
{
    private const string Usage = "stream OUT [SPLIT [SOURCES [PASSES [SEED [COLUMN=VALUE RATE]]]]], e.g. stream skewed hash+skew 8 1 5001 workclass=Private 0.3";

    public static int Run(string[] args)
    {
        if (args.Length is 0 or 6 or > 7)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var defaults = LabelSlicesArguments.Parse([]);
        var table = LabelTable.Load(defaults.Files, defaults.Label);
        var split = new Split(args.ElementAtOrDefault(1) ?? "hash", table);
        var sources = Whole(args, 2, 8);
        var draws = new Draws((ulong)Whole(args, 4, (int)defaults.Seed));
        var rows = split.Deal(table, defaults.Positive, sources, Whole(args, 3, 1), draws);
        var attacker = -1;
        if (args.Length == 7)
        {
            var slice = args[5].Split('=', 2);
            attacker = new FlipAttack(slice[0], slice[^1], double.Parse(args[6], CultureInfo.InvariantCulture)).Apply(table, rows, sources, draws);
        }

        using (var file = new StreamWriter(args[0] + ".csv"))
            StreamFile.Write(file, table, rows, split.Hidden, defaults.Positive, defaults.Negative);
        File.WriteAllText(args[0] + ".json", StreamFile.Profile(table, split.Hidden));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{rows.Count} records of {sources} sources{(attacker < 0 ? "" : $"; source-{attacker} turns {rows.Count(r => r.Flipped)} labels")}"));
        return 0;
    }

    private static int Whole(string[] args, int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
}
