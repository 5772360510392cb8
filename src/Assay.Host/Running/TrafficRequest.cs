using Assay.Host.Settings;

namespace Assay.Host.Running;

/// <summary>What the generator is asked for.</summary>
internal sealed record TrafficRequest
{
    /// <param name="rate">Records a second, 1 to 200,000.</param>
    /// <param name="records">Records in all, or null for no end.</param>
    /// <exception cref="SettingsException">A number is out of range.</exception>
    public TrafficRequest(double rate, int seed, long? records)
    {
        if (rate is not (>= 1 and <= 200_000))
            throw new SettingsException($"--rate {rate}: expected 1 to 200,000 records a second.");
        if (records is < 1)
            throw new SettingsException($"--records {records}: expected 1 or more.");
        (Rate, Seed, Records) = (rate, seed, records);
    }

    public double Rate { get; }

    public int Seed { get; }

    public long? Records { get; }
}
