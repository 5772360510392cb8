using System.Collections.Frozen;

namespace Assay.Detection.Reference;

/// <summary>
/// A numbered, immutable view of what the cohort's labels look like: for each fold of owners a logistic model learned from the others.
/// Safe to share between threads.
/// </summary>
public sealed class LabelReference : CohortReference
{
    internal LabelReference(
        long version,
        string? positive,
        float[][] weights,
        float[] intercepts,
        long[] records,
        double? shift,
        FrozenDictionary<string, int> folds,
        FrozenDictionary<string, long> applied)
    {
        Version = version;
        Positive = positive;
        Weights = weights;
        Intercepts = intercepts;
        FoldRecords = records;
        Shift = shift;
        Folds = folds;
        Applied = applied;
        Records = applied.Values.Sum();
    }

    public override long Version { get; }

    /// <summary>The label that counts as 1, every other as 0; null until the cohort has shown two labels. Never changes once set.</summary>
    public string? Positive { get; }

    /// <summary>The cohort's common shift of log odds, soft-thresholded at its noise (§2a, step 3); null while too few owners show one.</summary>
    public double? Shift { get; }

    /// <summary>Examples that the shards have contributed.</summary>
    public long Records { get; }

    /// <summary>Owner → fold whose model leaves it out.</summary>
    public FrozenDictionary<string, int> Folds { get; }

    /// <summary>Shard → number of its first example that this view has not seen.</summary>
    public FrozenDictionary<string, long> Applied { get; }

    internal float[][] Weights { get; }

    internal float[] Intercepts { get; }

    /// <summary>Examples that each fold's model learned from.</summary>
    internal long[] FoldRecords { get; }

    /// <summary>The fold whose model has seen nothing of the owner. An owner that no view knows is in no model, so any will do.</summary>
    public int FoldOf(string owner) => Folds.GetValueOrDefault(owner, 0);

    /// <summary>Examples of other owners in the fold's model.</summary>
    public long PeerRecords(int fold) => FoldRecords.Length == 0 ? 0 : FoldRecords[fold];

    /// <summary>Log odds of the positive label by the fold's averaged weights, clipped to ±6.</summary>
    public double LogOdds(int fold, ReadOnlySpan<ulong> slices)
    {
        var weights = Weights[fold];
        var mask = (ulong)(weights.Length - 1);
        double z = Intercepts[fold];
        foreach (var slice in slices)
            z += weights[slice & mask];
        return Math.Clamp(z, -6, 6);
    }

    /// <summary>The view before anything was learned.</summary>
    public static LabelReference Empty { get; } =
        new(0, null, [], [], [], null, FrozenDictionary<string, int>.Empty, FrozenDictionary<string, long>.Empty);
}
