using System.Globalization;
using Assay.Detection;
using Assay.Detection.Density;

namespace Assay.Evaluation.Outliers;

/// <summary>Prints, as Markdown, the AUROC of the product's score and of <c>density</c> alone over the ADBench sets.</summary>
internal static class OutliersCommand
{
    private const int Shuffles = 5;

    public static int Run(TextWriter output)
    {
        var folder = Path.Combine(EvaluationData.Folder, "adbench");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"No data: {folder} is absent. Set ASSAY_DATA to the folder that holds adbench/.");
            return 2;
        }

        output.WriteLine(
            "| set | records | anomalies | shipped | Gaussian | Δ | sheet | shuffled | Gaussian | Δ | sheet | density alone | learning all "
            + "| clean ≥ 3 digits | held |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var set in OutlierSet.All)
            output.WriteLine(Row(set, folder));
        return 0;
    }

    private static string Row(OutlierSet set, string folder)
    {
        var (features, anomalous) = set.Read(folder);
        var shipped = OutlierSet.Shipped(anomalous);
        int[][] shuffled = [.. Enumerable.Range(1, Shuffles).Select(seed => OutlierSet.Shuffled(anomalous.Length, seed))];

        (double Shipped, double Shuffled, int Held, double Loud) Measure(Func<IDetector[]> detectors, bool learnHeld)
        {
            var runs = shuffled.Prepend(shipped).Select(rows => Measure1(detectors(), rows, learnHeld)).ToArray();
            return (runs[0].Auroc, runs[1..].Average(r => r.Auroc), runs[0].Held, runs[1..].Average(r => r.Loud));
        }

        (double Auroc, int Held, double Loud) Measure1(IDetector[] detectors, int[] rows, bool learnHeld)
        {
            var (scores, held) = OutlierRun.Of(detectors, features, rows, learnHeld);
            var clean = scores.Where((_, i) => !anomalous[rows[i]]).ToArray();
            return (Auroc.Of(scores, [.. rows.Select(r => anomalous[r])]), held, clean.Count(s => s >= 3) / (double)clean.Length);
        }

        double Gaussian(int[] rows) => Auroc.Of(RunningGaussian.Scores(features, rows), [.. rows.Select(r => anomalous[r])]);

        var (gaussianShipped, gaussianShuffled) = (Gaussian(shipped), shuffled.Average(Gaussian));
        var product = Measure(DetectorSet.Default.Create, learnHeld: false);
        var density = Measure(Density, learnHeld: false);
        var learning = Measure(Density, learnHeld: true);
        return string.Join(" | ", [
            $"| {set.Name}", $"{shipped.Length}", $"{shipped.Count(r => anomalous[r])}",
            Number(product.Shipped), Number(gaussianShipped), Difference(product.Shipped - gaussianShipped), Number(set.Anchor?.Shipped),
            Number(product.Shuffled), Number(gaussianShuffled), Difference(product.Shuffled - gaussianShuffled), Number(set.Anchor?.Shuffled),
            $"{Number(density.Shipped)} / {Number(density.Shuffled)}", $"{Number(learning.Shipped)} / {Number(learning.Shuffled)}",
            $"{1000 * product.Loud:0.0} ‰", $"{product.Held} |",
        ]);
    }

    private static IDetector[] Density() => [new DensityDetector(new DensityOptions())];

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    private static string Difference(double? value) => value is { } d
        ? Math.Round(d, 3).ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture)
        : "–";
}
