namespace Assay.Detection.Reference;

/// <summary>
/// What one shard gives to the reference model of its cohort: hashed examples of records in good standing, numbered, and each owner's
/// residuals summed since the shard began. Repeats are harmless: the trainer skips the numbers it has, and takes differences of the sums.
/// </summary>
/// <param name="Shard">Key of the shard, unique in the cohort.</param>
/// <param name="First">Number of the first example; examples are numbered from 0 over the life of the shard.</param>
/// <param name="Owners">Names that the examples and residuals refer to by index.</param>
/// <param name="Labels">Label values that the examples refer to by index.</param>
/// <param name="Slices">Hashes of the examples' slices, one example after the other.</param>
public sealed record LabelContribution(
    string Shard,
    long First,
    string[] Owners,
    string[] Labels,
    LabelExample[] Examples,
    ulong[] Slices,
    OwnerResidual[] Residuals);

/// <param name="Owner">Index into the contribution's owners.</param>
/// <param name="Label">Index into the contribution's labels.</param>
/// <param name="Start">Index of the record's first slice, the slice of all records, in the contribution's slices.</param>
/// <param name="Count">Slices of the record.</param>
public readonly record struct LabelExample(int Owner, int Label, int Start, int Count);

/// <summary>How far an owner's labels lie from what was expected of them, the cohort's common shift not taken off.</summary>
/// <param name="Owner">Index into the contribution's owners.</param>
/// <param name="Score">Σ (y − p).</param>
/// <param name="Information">Σ p(1 − p).</param>
public readonly record struct OwnerResidual(int Owner, double Score, double Information);
