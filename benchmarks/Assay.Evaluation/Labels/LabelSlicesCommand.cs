using System.Globalization;

namespace Assay.Evaluation.Labels;

/// <summary>
/// <c>label-slices [--data FILE…] [--label COLUMN] [--positive VALUE] [--negative VALUE] [--tick N] [--seed N] [--runs N] [--only attacks|clean] [--A X] [--quick]</c>:
/// the table of DETECTION §2a from one command. Without <c>--data</c>: Adult from <c>ASSAY_DATA</c>.
/// </summary>
public static class LabelSlicesCommand
{
    /// <summary>The published figures' first seed. Seeds 1 to 999 were used for finding the method and its settings; from 5,001 on none was.</summary>
    private const ulong FirstSeed = 5001;

    private const int Runs = 60;

    public static int Run(string[] args)
    {
        var options = LabelSlicesArguments.Parse(args);
        if (options.Files.FirstOrDefault(f => !File.Exists(f)) is { } absent)
        {
            Console.Error.WriteLine($"label-slices: {absent} is not there. Set ASSAY_DATA to the folder with adult/, or name files with --data.");
            return 2;
        }

        var table = LabelTable.Load(options.Files, options.Label);
        var run = new LabelRun(table, options.Positive, options.Negative);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Count} rows, {table.Columns.Length - 1} columns, a view every {options.Tick} records, seeds from {options.Seed}"));
        var reached = true;
        if (options.Attacks)
            reached &= AttackTable.Print(table, run, options, options.Runs > 0 ? options.Runs : options.Quick ? 5 : Runs);
        if (options.Clean)
        {
            foreach (var threshold in options.Thresholds)
                reached &= CleanTable.Print(table, run, options, threshold);
        }

        return reached ? 0 : 1;
    }

    internal static ulong DefaultSeed => FirstSeed;
}
