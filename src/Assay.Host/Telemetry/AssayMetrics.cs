using Assay.Contracts.Ports;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Assay.Host.Telemetry;

/// <summary>
/// Everything that this process measures, in Prometheus' form: Assay's own instruments, Orleans' and the runtime's. An <see cref="IFlowObserver"/>
/// registered here is told of the flow.
/// </summary>
internal static class AssayMetrics
{
    /// <summary>The meter of every instrument of Assay's own.</summary>
    public const string Meter = "Assay";

    // A silo that owns more partitions than this has the rest summed under otel_metric_overflow="true".
    private const int MaxPartitions = 10_000;

    public static IServiceCollection AddAssayMetrics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<IFlowObserver, VerdictMetrics>();
        services.AddSingleton<IFlowObserver, PartitionMetrics>();
        services.AddSingleton<IFlowObserver, TroubleMetrics>();
        services.AddSingleton<IFlowObserver, TrustMetrics>();
        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(
                "assay", serviceVersion: typeof(AssayMetrics).Assembly.GetName().Version!.ToString(3), autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => metrics
                .AddMeter(Meter, "Microsoft.Orleans", "System.Runtime")
                .AddView("assay.partition.*", new MetricStreamConfiguration { CardinalityLimit = MaxPartitions })
                .AddPrometheusExporter(o => o.ScrapeResponseCacheDurationMilliseconds = 0));
        return services;
    }
}
