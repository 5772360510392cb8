using System.ComponentModel.DataAnnotations;

namespace Assay.Detection.Density;

/// <summary>Settings of the detector <c>density</c>.</summary>
public sealed class DensityOptions
{
    /// <summary>Numeric features that are modelled, by name, first come first kept; 1 to 4,096, default 256. About 70 bytes each.</summary>
    [Range(1, 4096)]
    public int MaxFeatures { get; set; } = 256;

    /// <summary>Learned records that a feature needs before it is judged; 2 to 10,000, default 4.</summary>
    [Range(2, 10_000)]
    public int WarmUpRecords { get; set; } = 4;

    /// <summary>Learned records after which the anchor and the calibrations are frozen; 32 to 8,192, default 512.</summary>
    [Range(32, 8_192)]
    public int AnchorRecords { get; set; } = 512;

    /// <summary>
    /// Learned records that the running model remembers: until then every record weighs the same, afterwards old ones fade with this time
    /// constant; 100 to 100 million, default 20,000.
    /// </summary>
    [Range(100, 100_000_000)]
    public double MemoryRecords { get; set; } = 20_000;

    /// <summary>Learned records after which a settled calibration is renewed, by these records alone; 8,192 to 10 million, default 8,192.</summary>
    [Range(8_192, 10_000_000)]
    public int CalibrationRecords { get; set; } = 8_192;
}
