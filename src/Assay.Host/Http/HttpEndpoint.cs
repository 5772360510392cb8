using System.Net;
using System.Net.Sockets;
using Assay.Contracts.Ports;
using Assay.Host.Hosting;
using Assay.Host.Live;
using Assay.Host.Settings;
using Assay.Host.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Host.Http;

/// <summary>
/// Health and metrics of this process by HTTP. It answers before the silo starts and until after it has stopped, so that a slow start and a long
/// drain can be watched; the silo tells it what happens through <see cref="Observer"/>.
/// </summary>
internal sealed class HttpEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpEndpoint(HttpOptions options, int port, TimeProvider time)
    {
        Health = new SiloHealth(time, options.StallLimit);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, IPAddress.Parse(options.Address), port));
        builder.Services
            .AddSingleton<IHostLifetime, CallersLifetime>()
            .AddSingleton(time)
            .AddSingleton(Health)
            .AddRoutingCore()
            .AddAssayMetrics()
            .AddHealthChecks().AddSilo(Health);
        _app = builder.Build();
        HealthPages.Map(_app);
        _app.MapPrometheusScrapingEndpoint(MetricsPath);
        Observer = new FlowObservers([Health, .. _app.Services.GetServices<IFlowObserver>()]);
    }

    public const string MetricsPath = "/metrics";

    public SiloHealth Health { get; }

    /// <summary>To be told of the flow.</summary>
    public IFlowObserver Observer { get; }

    /// <summary>Where it answers, e.g. <c>http://127.0.0.1:9464</c>; null where the settings switch it off.</summary>
    public string? Address { get; private set; }

    /// <param name="anyPort">Take a free port where the one of the settings is taken.</param>
    /// <exception cref="SettingsException">The address cannot be listened on.</exception>
    public static async Task<HttpEndpoint> Start(HttpOptions options, bool anyPort, TimeProvider time)
    {
        var endpoint = new HttpEndpoint(options, options.Port, time);
        if (!options.Enabled)
            return endpoint;
        try
        {
            await endpoint.Listen();
            return endpoint;
        }
        catch (IOException e)
        {
            await endpoint.DisposeAsync();
            if (!anyPort)
                throw new SettingsException($"Nothing can listen on {options.Address}:{options.Port}: {e.Message} Set {HttpOptions.Section}:Port, or 0 for any free port.", e);
        }
        catch (SocketException e)
        {
            await endpoint.DisposeAsync();
            throw new SettingsException($"{HttpOptions.Section}:Address {options.Address} cannot be listened on: {e.Message}.", e);
        }

        endpoint = new HttpEndpoint(options, 0, time);
        await endpoint.Listen();
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Listen()
    {
        await _app.StartAsync();
        Address = _app.Urls.Single();
    }

    private static void Limit(KestrelServerOptions kestrel, IPAddress address, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 100;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Listen(address, port);
    }
}
