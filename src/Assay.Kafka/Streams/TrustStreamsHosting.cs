using Assay.Contracts.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Providers;
using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>Registers the stream provider that fans decisions and recalls out to grains.</summary>
public static class TrustStreamsHosting
{
    /// <summary>Streams are few and fixed, and one that grew cold would pause its queue to register anew.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromDays(3_650);

    /// <summary>
    /// Adds the stream provider <see cref="TrustStreams.Provider"/>. Needs <see cref="AssayKafkaServices.AddAssayKafkaClients"/> and a grain storage named
    /// <see cref="TrustStreams.Provider"/>, which keeps one small checkpoint a partition; in memory, subscribers get everything retained at each start.
    /// <see cref="TrustStreamOptions"/> are the caller's to configure.
    /// </summary>
    public static ISiloBuilder AddAssayTrustStreams(this ISiloBuilder silo)
    {
        silo.Services.AddMetrics();
        silo.Services.AddOptions<TrustStreamOptions>();
        silo.Services.AddSingleton<IValidateOptions<TrustStreamOptions>>(new AnnotationsValidator<TrustStreamOptions>("Kafka:Streams"));
        silo.Services.TryAddSingleton<TopicFeed>();
        silo.Services.TryAddSingleton<SubscriberNames>();
        silo.Services.TryAddSingleton<TrustStreamInstruments>();
        silo.Services.TryAddSingleton<TrustStreamFaults>();
        silo.Services.AddKeyedSingleton<IStreamIdMapper, OneGrainMapper>(TrustStreams.OneGrain);
        return silo.AddPersistentStreams(TrustStreams.Provider, CreateFactory, Configure);
    }

    private static TrustQueueAdapterFactory CreateFactory(IServiceProvider services, string name) =>
        ActivatorUtilities.CreateInstance<TrustQueueAdapterFactory>(
            services, name, services.GetRequiredKeyedService<IStreamQueueCheckpointerFactory>(name));

    private static void Configure(ISiloPersistentStreamConfigurator streams)
    {
        streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
        streams.UseConsistentRingQueueBalancer();
        streams.ConfigureBackoffProvider((_, _) => (IMessageDeliveryBackoffProvider)new RetryPace());
        streams.ConfigurePullingAgent(agent => agent.Configure<IOptions<TrustStreamOptions>>((orleans, own) =>
        {
            orleans.MaxEventDeliveryTime = own.Value.DeliveryTime;
            orleans.GetQueueMsgsTimerPeriod = own.Value.PollInterval;
            orleans.StreamInactivityPeriod = Never;
            // The window counts single events as finished or refused.
            orleans.BatchContainerBatchSize = 1;
        }));
        // Whoever writes a position has seen everything before it finished, so a lower one may follow a higher one: after a topic was made anew it must.
        streams.UseGrainCheckpointer(grain => grain.Configure<IOptions<TrustStreamOptions>>((orleans, own) =>
        {
            orleans.PersistInterval = own.Value.CheckpointInterval;
            orleans.StorageProviderName = TrustStreams.Provider;
        }));
    }
}
