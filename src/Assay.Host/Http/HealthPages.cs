using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Assay.Host.Http;

/// <summary>
/// <c>/health/live</c>, <c>/health/ready</c> and <c>/health/startup</c>: 200 or 503, with <c>{"status", "reasons"}</c>. A further check joins a page by
/// its tag.
/// </summary>
internal static class HealthPages
{
    public const string Live = "live";
    public const string Ready = "ready";
    public const string Startup = "startup";

    public static IReadOnlyList<string> All { get; } = [Live, Ready, Startup];

    public static string Path(string page) => $"/health/{page}";

    public static IHealthChecksBuilder AddSilo(this IHealthChecksBuilder checks, SiloHealth health) => checks
        .AddCheck("silo-works", () => Result(health.WhyNotLive()), [Live])
        .AddCheck("silo-at-work", () => Result(health.WhyNotReady()), [Ready])
        .AddCheck("silo-started", () => Result(health.WhyNotStarted()), [Startup]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var page in All)
            routes.MapHealthChecks(Path(page), new HealthCheckOptions { Predicate = check => check.Tags.Contains(page), ResponseWriter = Write });
    }

    private static HealthCheckResult Result(string? problem) => problem is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(problem);

    private static Task Write(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var reasons = report.Entries.Values.Where(e => e.Status != HealthStatus.Healthy).Select(e => e.Description);
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new { status = report.Status == HealthStatus.Healthy ? "ok" : "unavailable", reasons },
            cancellationToken: context.RequestAborted);
    }
}
