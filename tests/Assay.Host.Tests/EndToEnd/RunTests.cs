using System.Net;
using System.Text.RegularExpressions;
using Assay.Host.Tests.Architecture;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>The embedded run as an orchestrator sees it: its pages, and SIGTERM.</summary>
[Collection(CommandLine.Collection)]
public sealed partial class RunTests
{
    [Fact]
    public async Task Run_WhenTerminated_DrainsAndEndsWithCode0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGTERM.");
        using var program = new ProgramProcess("run", "--plain", "--set", "Http:Port=0");
        var pages = await program.Line(line => line.Contains("/metrics", StringComparison.Ordinal));
        var address = pages.Trim().Split("/metrics")[0];
        await program.Line(line => line.Contains(" flow ", StringComparison.Ordinal));
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address + "/health/ready")).StatusCode);
        var metrics = await client.GetStringAsync(address + "/metrics");
        Assert.Contains("assay_records_judged_total{", metrics, StringComparison.Ordinal);
        var shown = Foreign().Matches(await File.ReadAllTextAsync(Repository.At("infra", "grafana", "dashboards", "assay.json"))).Select(m => m.Value).ToList();
        Assert.NotEmpty(shown);
        Assert.All(shown, name => Assert.Matches($@"(?m)^{name}[{{ ]", metrics));
        await program.Terminate();
        var outcome = (await program.End()).Ended(0);
        Assert.Contains("records judged", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Lag at exit: 0 records", outcome.Output, StringComparison.Ordinal);
    }

    /// <summary>Metrics of Orleans and of the runtime.</summary>
    [GeneratedRegex(@"\b(orleans|dotnet)_[a-z_]*[a-z]\b")]
    private static partial Regex Foreign();
}
