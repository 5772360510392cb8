using Assay.Host.Hosting;
using Assay.Host.Http;
using Assay.Host.Live;
using Microsoft.Extensions.Logging;

namespace Assay.Host.Running;

/// <summary>What a run shows while it goes: the live view on a terminal, log lines elsewhere.</summary>
/// <param name="plain">Log lines.</param>
internal sealed class RunView(bool plain)
{
    public Action<ILoggingBuilder> Logging => plain ? LogRouting.ToStandardError : LogRouting.ToNowhere;

    /// <summary>Shows until cancelled.</summary>
    public Task Show(FlowBoard board, RunInfo info, AttackTally? attacks, CancellationToken stop)
    {
        if (!plain)
            return new LiveView(board, info, TimeProvider.System, attacks).Run(Console.Out, () => (Console.WindowWidth, Console.WindowHeight), stop);
        foreach (var line in (IEnumerable<string>)[$"assay: {info.Place}, mode {info.Mode}. Ctrl-C ends.", .. info.Limits.Append(Pages(info.Http)).Select(l => $"  {l}")])
            Console.WriteLine(line);
        return new PlainLog(board, Console.Out, TimeProvider.System).Run(stop);
    }

    private static string Pages(string? http) => http is null
        ? "Health and metrics are switched off."
        : $"{http}{HttpEndpoint.MetricsPath}, {string.Join(", ", HealthPages.All.Select(HealthPages.Path))}";
}
