using System.ComponentModel.DataAnnotations;
using Assay.Contracts.Verdicts;

namespace Assay.Grains.Sources;

/// <summary>What happens to records on which the standings take no side.</summary>
public enum DatasetPolicy
{
    Admit,

    Hold,

    /// <summary>A share is admitted (<see cref="DatasetOptions.Sample"/>), the rest is held.</summary>
    Sample,
}

/// <summary>What verdicts do, per dataset.</summary>
public sealed class DatasetOptions
{
    public const string Section = "Datasets";

    /// <summary>Mode of a dataset that <see cref="Modes"/> does not name. Default <see cref="DatasetMode.Observe"/>: nothing is held back until somebody says so.</summary>
    [EnumDataType(typeof(DatasetMode))]
    public DatasetMode DefaultMode { get; set; } = DatasetMode.Observe;

    /// <summary>Mode by dataset name.</summary>
    public IDictionary<string, DatasetMode> Modes { get; } = new Dictionary<string, DatasetMode>(StringComparer.Ordinal);

    /// <summary>Records of unproven identities, in a dataset that <see cref="Unproven"/> does not name. Default <see cref="DatasetPolicy.Admit"/>.</summary>
    [EnumDataType(typeof(DatasetPolicy))]
    public DatasetPolicy DefaultUnproven { get; set; } = DatasetPolicy.Admit;

    /// <summary>Policy for unproven identities by dataset name.</summary>
    public IDictionary<string, DatasetPolicy> Unproven { get; } = new Dictionary<string, DatasetPolicy>(StringComparer.Ordinal);

    /// <summary>
    /// All records of a contested cohort, in a dataset that <see cref="Contested"/> does not name. Default <see cref="DatasetPolicy.Hold"/>: who
    /// is right is not known.
    /// </summary>
    [EnumDataType(typeof(DatasetPolicy))]
    public DatasetPolicy DefaultContested { get; set; } = DatasetPolicy.Hold;

    /// <summary>Policy for contested cohorts by dataset name.</summary>
    public IDictionary<string, DatasetPolicy> Contested { get; } = new Dictionary<string, DatasetPolicy>(StringComparer.Ordinal);

    /// <summary>Share admitted under <see cref="DatasetPolicy.Sample"/>; 0 to 1, default 0.1.</summary>
    [Range(0, 1)]
    public double Sample { get; set; } = 0.1;
}

/// <summary>Looks modes and policies up; safe for any number of threads.</summary>
public sealed class DatasetPolicies(DatasetOptions options)
{
    private readonly Dictionary<string, DatasetMode> _modes = new(options.Modes, StringComparer.Ordinal);
    private readonly Dictionary<string, DatasetPolicy> _unproven = new(options.Unproven, StringComparer.Ordinal);
    private readonly Dictionary<string, DatasetPolicy> _contested = new(options.Contested, StringComparer.Ordinal);

    public DatasetMode Mode(string dataset) => _modes.TryGetValue(dataset, out var mode) ? mode : options.DefaultMode;

    /// <summary>Whether a record of an unproven identity is admitted.</summary>
    public bool AdmitsUnproven(string dataset, int partition, long offset) =>
        Admits(_unproven.TryGetValue(dataset, out var policy) ? policy : options.DefaultUnproven, partition, offset);

    /// <summary>Whether a record of a contested cohort is admitted.</summary>
    public bool AdmitsContested(string dataset, int partition, long offset) =>
        Admits(_contested.TryGetValue(dataset, out var policy) ? policy : options.DefaultContested, partition, offset);

    /// <summary>A sample is drawn by position, which no writer chooses.</summary>
    private bool Admits(DatasetPolicy policy, int partition, long offset) => policy switch
    {
        DatasetPolicy.Admit => true,
        DatasetPolicy.Hold => false,
        _ => Share(partition, offset) < options.Sample,
    };

    private static double Share(int partition, long offset)
    {
        var x = ((ulong)offset * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)partition * 0xD6E8FEB86659FD93);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
