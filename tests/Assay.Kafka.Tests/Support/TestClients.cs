using Assay.Contracts.Ports;
using Assay.Kafka.Clients;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Tests.Support;

internal static class TestClients
{
    public static KafkaClients For(string servers, IFlowObserver observer, Action<KafkaOptions>? configure = null)
    {
        var options = new KafkaOptions { BootstrapServers = servers, StartTimeout = TimeSpan.FromSeconds(10) };
        configure?.Invoke(options);
        return new KafkaClients(Options.Create(options), observer, NullLogger<KafkaClients>.Instance);
    }
}
