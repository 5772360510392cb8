using Assay.Contracts.Topics;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Grains.Sources;
using Assay.Kafka.Egress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Assay.Host.Standings;

/// <summary>How evidence and standings travel in a silo that runs; a replay moves them itself, tick by tick.</summary>
internal static class LiveStandings
{
    /// <summary>
    /// The feed, the tails of the trust topics and of the cohorts' views, the keepers' callers and the watch over what is in effect. Needs the tables
    /// (<see cref="StandingTable"/>, <see cref="CohortViews"/>), signer and verifier, and their options.
    /// </summary>
    public static IServiceCollection AddLiveStandings(this IServiceCollection services)
    {
        services.AddSingleton<TrustFeed>();
        services.Replace(ServiceDescriptor.Singleton<ITrustFeed>(p => p.GetRequiredService<TrustFeed>()));
        services.AddSingleton(p => new TopicNames(p.GetRequiredService<IOptions<KafkaEgressOptions>>().Value.TopicPrefix));
        services.AddSingleton<OlderDecisions>();
        services.AddSingleton<EffectProbe>();
        services.AddSingleton<EffectWatch>();
        services.AddSingleton<TrustReader>();
        services.AddSingleton<CohortViewReader>();
        services.AddSingleton<TrustTail>();
        services.AddSingleton<TrustKeeping>();
        services.AddSingleton<StandingServices>();
        services.AddSingleton<IStandingServices>(p => p.GetRequiredService<StandingServices>());
        services.AddGrainService<StandingService>();
        Participates<TrustFeed>(services);
        Participates<TrustTail>(services);
        Participates<TrustKeeping>(services);
        return services;
    }

    private static void Participates<T>(IServiceCollection services) where T : class, ILifecycleParticipant<ISiloLifecycle> =>
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(p => p.GetRequiredService<T>());
}
