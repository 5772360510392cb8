using System.Globalization;
using Assay.Kafka.Checks;
using Assay.Kafka.Ingress;
using Assay.Kafka.Offsets;

namespace Assay.Host.Doctor;

/// <summary>Whether retention has overtaken the group. Pure.</summary>
internal static class RetentionCheck
{
    /// <param name="marked">How far durable state reaches; −1 where there is none.</param>
    /// <returns>Null where nothing was lost.</returns>
    public static Check? Of(PartitionRange range, long marked) => RetentionLoss.Between(Math.Max(range.Committed, marked), range.Low) is { } loss
        ? Check.Fail($"state {range.Topic}/{range.Partition}", "retention",
            string.Create(CultureInfo.InvariantCulture, $"up to {loss.Records} records, offsets {loss.From} to {loss.To - 1}, were deleted before they were judged"),
            $"The partition is not read. Raise the topic's retention, then 'assay accept-loss {range.Topic}/{range.Partition}' goes on with what is left.")
        : null;
}
