using Assay.Contracts.Ports;
using Assay.Host.Live;
using Assay.Host.Settings;
using Assay.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Assay.Host.Hosting;

/// <summary>Kafka clients and topics without a silo, for the commands that need no more.</summary>
internal static class KafkaServices
{
    /// <param name="inputs">The topics that the command reads, 1 or more.</param>
    /// <exception cref="SettingsException">The settings name no Kafka.</exception>
    public static ServiceProvider Build(AssaySettings settings, IEnumerable<string> inputs)
    {
        if (!settings.HasKafka)
            throw new SettingsException("No Kafka is set; give --settings FILE or --set Kafka:BootstrapServers=HOST:PORT.");
        var services = new ServiceCollection()
            .AddSingleton(Options.Create(settings.Kafka()))
            .AddSingleton(Options.Create(settings.Ingress(inputs)))
            .AddSingleton(Options.Create(settings.Egress))
            .AddSingleton<IFlowObserver>(new FlowBoard(TimeProvider.System))
            .AddLogging(LogRouting.ToNowhere);
        return services.AddAssayKafkaClients().BuildServiceProvider();
    }
}
