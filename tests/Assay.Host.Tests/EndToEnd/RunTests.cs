using System.Net;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>The embedded run as an orchestrator sees it: its pages, and SIGTERM.</summary>
[Collection(CommandLine.Collection)]
public sealed class RunTests
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
        Assert.Contains("assay_records_judged_total{", await client.GetStringAsync(address + "/metrics"), StringComparison.Ordinal);
        await program.Terminate();
        var outcome = (await program.End()).Ended(0);
        Assert.Contains("records judged", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Lag at exit: 0 records", outcome.Output, StringComparison.Ordinal);
    }
}
