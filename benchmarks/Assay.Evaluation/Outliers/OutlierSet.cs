namespace Assay.Evaluation.Outliers;

/// <summary>A data set of ADBench (Han et al., NeurIPS 2022) as a stream: the rows in some order, and which are anomalous.</summary>
/// <param name="Anchor">AUROC of the running Gaussian in DETECTION §5, (shipped, shuffled); null where the sheet has none.</param>
internal sealed record OutlierSet(string Name, string File, (double Shipped, double Shuffled)? Anchor)
{
    /// <summary>Larger sets are cut to this many records.</summary>
    public const int MaxRecords = 20_000;

    public static IReadOnlyList<OutlierSet> All { get; } =
    [
        new("cover", "10_cover.npz", (0.572, 0.934)),
        new("http", "16_http.npz", (0.996, 0.996)),
        new("shuttle", "32_shuttle.npz", (0.989, 0.991)),
        new("mammography", "23_mammography.npz", (0.885, 0.889)),
        new("satimage-2", "31_satimage-2.npz", (0.969, 0.977)),
        new("thyroid", "38_thyroid.npz", (0.961, 0.959)),
        new("cardio", "6_cardio.npz", (0.932, 0.945)),
        new("smtp", "34_smtp.npz", null),
    ];

    /// <summary>
    /// The rows of the file in its order: the first <see cref="MaxRecords"/>, or, where these hold no anomaly (http), a seeded sample of as
    /// many in file order.
    /// </summary>
    public static int[] Shipped(bool[] anomalous)
    {
        var rows = Enumerable.Range(0, anomalous.Length);
        if (anomalous.Length <= MaxRecords || anomalous.AsSpan(0, MaxRecords).Contains(true))
            return [.. rows.Take(MaxRecords)];
        var sample = Shuffled(anomalous.Length, seed: 0);
        Array.Sort(sample);
        return sample;
    }

    /// <summary>A seeded shuffle of all rows, cut to <see cref="MaxRecords"/>.</summary>
    public static int[] Shuffled(int rows, int seed)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        new Random(seed).Shuffle(order);
        return order.Length > MaxRecords ? order[..MaxRecords] : order;
    }

    public (NpyArray Features, bool[] Anomalous) Read(string folder)
    {
        var path = Path.Combine(folder, File);
        return (NpyArray.Read(path, "X"), [.. NpyArray.Read(path, "y").Values.Select(y => y != 0)]);
    }
}
