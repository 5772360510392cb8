using System.Net;
using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Assay.Grains.Identities;

namespace Assay.Grains.Tests.Identities;

public class EffectProbeTests
{
    private static readonly StandingKey Key = new("a");

    [Fact]
    public async Task Ask_WhenOneSiloHasNotApplied_AsksNobodyForPositions()
    {
        var services = new Services(new Silo { Epoch = 3 }, new Silo { Epoch = 2 });
        var effect = await new EffectProbe(services).Ask(Key, 3);
        Assert.Equal((2, 1, false), (effect.Silos, effect.Applied, effect.Complete));
        Assert.All(services.Silos, s => Assert.Equal(0, s.Asked));
    }

    [Fact]
    public async Task Ask_WhenAPartitionHasNoOwner_IsNotComplete()
    {
        var services = new Services(new Silo { Epoch = 3, Owned = [new("t", 0, 10)] }, new Silo { Epoch = 3 });
        var effect = await new EffectProbe(services).Ask(Key, 3);
        Assert.Equal((1, false), (effect.Missing, effect.Complete));
    }

    [Fact]
    public async Task Ask_WhenEveryPartitionHasAnOwner_NamesTheOffsetsAfterWhichNothingIsAdmitted()
    {
        var services = new Services(new Silo { Epoch = 3, Owned = [new("t", 1, 10)] }, new Silo { Epoch = 4, Owned = [new("t", 0, 7), new("t", 1, 12)] });
        var effect = await new EffectProbe(services).Ask(Key, 3);
        Assert.True(effect.Complete);
        Assert.Equal([new InputPosition("t", 0, 7), new("t", 1, 12)], effect.After);
    }

    private sealed class Silo : IStandingService
    {
        public long Epoch { get; init; }

        public InputPosition[] Owned { get; init; } = [];

        public int Asked { get; private set; }

        public Task<bool> Applied(StandingKey key, long epoch) => Task.FromResult(key == Key && Epoch >= epoch);

        public Task<InputPositions> Positions()
        {
            Asked++;
            return Task.FromResult(new InputPositions(new() { ["t"] = 2 }, Owned));
        }
    }

    private sealed class Services(params Silo[] silos) : IStandingServices
    {
        public IReadOnlyList<Silo> Silos => silos;

        public IReadOnlyCollection<SiloAddress> Active => [.. silos.Select((_, i) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), i))];

        public IStandingService Of(SiloAddress silo) => silos[silo.Generation];
    }
}
