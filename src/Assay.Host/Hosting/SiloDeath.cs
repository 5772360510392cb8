using Assay.Host.Commands;
using Assay.Host.Settings;

namespace Assay.Host.Hosting;

/// <summary>
/// What a silo that may not go on ends with: a message for a person instead of a dump. It ends at once and without a drain, for its partitions and grains
/// are the others' by now.
/// </summary>
internal sealed class SiloDeath(ClusterSettings cluster) : IFatalErrorHandler
{
    private int _ending;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        if (Interlocked.Exchange(ref _ending, 1) != 0)
            return;
        Console.Error.WriteLine(Describe(cluster.SilenceLimit, context, exception));
        Environment.Exit(ExitCodes.Unreachable);
    }

    private static string Describe(TimeSpan silence, string? context, Exception? exception) =>
        context?.Contains("told I am dead", StringComparison.Ordinal) == true
            ? $"The other silos have taken this one for dead, so it ends: it did not answer them for {silence} (Cluster:SilenceLimit). They go on with its partitions from what is "
                + "committed, and nothing is lost. Start it again. Where this happens often, the machine stands still or is overloaded, or the network drops: raise Cluster:SilenceLimit."
            : $"The silo cannot go on, so it ends; what is not committed is done again: {context}{(exception is null ? "" : $": {exception.Message}")}";
}
