using Assay.Host.Settings;

namespace Assay.Host.Commands;

/// <summary>A number of partitions given on the command line.</summary>
internal static class PartitionCount
{
    private const int Most = 10_000;

    /// <exception cref="SettingsException">It is not 1 to 10,000.</exception>
    public static int Checked(string option, int partitions) =>
        partitions is >= 1 and <= Most ? partitions : throw new SettingsException($"{option} {partitions}: expected 1 to {Most:N0}.");
}
