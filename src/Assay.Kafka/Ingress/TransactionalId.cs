using System.Globalization;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Names the transactions of one process. Kafka ends those of whoever had the name before, so no two that live may share one; what fences a former owner of a
/// partition is its generation in the group, not this name.
/// </summary>
internal static class TransactionalId
{
    private static int s_count;

    public static string New(string group, TimeProvider time) => string.Create(CultureInfo.InvariantCulture,
        $"{group}-{Environment.MachineName}-{Environment.ProcessId}-{time.GetUtcNow().ToUnixTimeMilliseconds():x}-{Interlocked.Increment(ref s_count)}");
}
