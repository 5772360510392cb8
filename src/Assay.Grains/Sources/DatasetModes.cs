using System.ComponentModel.DataAnnotations;
using Assay.Contracts.Verdicts;

namespace Assay.Grains.Sources;

/// <summary>What verdicts do, per dataset.</summary>
public sealed class DatasetOptions
{
    public const string Section = "Datasets";

    /// <summary>Mode of a dataset that <see cref="Modes"/> does not name. Default <see cref="DatasetMode.Observe"/>: nothing is held back until somebody says so.</summary>
    [EnumDataType(typeof(DatasetMode))]
    public DatasetMode DefaultMode { get; set; } = DatasetMode.Observe;

    /// <summary>Mode by dataset name.</summary>
    public IDictionary<string, DatasetMode> Modes { get; } = new Dictionary<string, DatasetMode>(StringComparer.Ordinal);
}

/// <summary>Looks modes up; safe for any number of threads.</summary>
public sealed class DatasetModes(DatasetOptions options)
{
    private readonly Dictionary<string, DatasetMode> _modes = new(options.Modes, StringComparer.Ordinal);

    public DatasetMode Of(string dataset) => _modes.TryGetValue(dataset, out var mode) ? mode : options.DefaultMode;
}
