using Assay.Contracts.Ports;
using Assay.Kafka.Checks;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Assay.Kafka.Offsets;
using Assay.Kafka.Reading;
using Assay.Kafka.Topics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Assay.Kafka;

/// <summary>Registers the Kafka side of Assay.</summary>
public static class AssayKafkaServices
{
    /// <summary>
    /// Clients, topics, and the ingress that runs while the silo is active. The caller configures <see cref="KafkaOptions"/>,
    /// <see cref="KafkaIngressOptions"/> and <see cref="KafkaEgressOptions"/>, and registers <see cref="IFlowObserver"/>,
    /// <see cref="IRecordReaderFactory"/> and, to publish decisions, a <see cref="Contracts.Signing.TrustSigner"/>.
    /// </summary>
    public static IServiceCollection AddAssayKafka(this IServiceCollection services)
    {
        services.AddAssayKafkaClients();
        services.TryAddSingleton<ISourceShards, GrainSourceShards>();
        services.TryAddSingleton<IPartitionMarks, MemoryPartitionMarks>();
        services.TryAddSingleton<ITrustPublisher, TrustProducer>();
        services.TryAddSingleton<ICohortViewPublisher, CohortViewProducer>();
        services.TryAddSingleton<IngressService>();
        services.TryAddSingleton<IInputPositions>(provider => provider.GetRequiredService<IngressService>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<IngressService>());
        return services;
    }

    /// <summary>Clients and topics alone, for commands that run no silo. Needs <see cref="IFlowObserver"/>.</summary>
    public static IServiceCollection AddAssayKafkaClients(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<KafkaClients>();
        services.TryAddSingleton<TopicAdmin>();
        services.TryAddSingleton<TopicScan>();
        services.TryAddSingleton<GroupOffsets>();
        services.TryAddSingleton<KafkaDoctor>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KafkaOptions>, KafkaOptionsValidator>());
        Checked<KafkaOptions>(services, "Kafka");
        Checked<KafkaIngressOptions>(services, "Kafka:Ingress");
        Checked<KafkaEgressOptions>(services, "Kafka:Egress");
        return services;
    }

    private static void Checked<T>(IServiceCollection services, string section) where T : class
    {
        services.AddOptions<T>();
        services.AddSingleton<IValidateOptions<T>>(new AnnotationsValidator<T>(section));
    }
}
