using Assay.Client;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>Three processes, one cluster: who is caught at a source of one of them is stopped at the sources of the others.</summary>
public sealed class TrustTests
{
    private const int Partitions = 5;
    private const int Round = 200;
    private const string Attacker = "writer-0";
    private const string Victim = "writer-1";

    [Fact]
    public async Task Run_WhenAnIdentityPoisonsThroughOneSource_ItIsHeldAtTheSourcesOfOtherSilosToo()
    {
        var kafka = RealKafka.Address();
        using var redis = new RedisServer("--appendonly", "yes");
        var name = $"trust-{Environment.ProcessId}";
        var names = new TopicNames(name);
        var (attested, claimed) = ($"{name}-attested", $"{name}-claimed");
        await TopicContents.Create(kafka, [attested, claimed, .. names.All], Partitions);
        var settings = await Settings(kafka, redis, name, attested, claimed);
        var silos = Enumerable.Range(0, 3).Select(_ => new AssayProcess(settings)).ToList();
        try
        {
            await Flow.Members(kafka, name, members: 3, partitions: 2 * Partitions);
            var elsewhere = await PartitionOfAnotherSilo(kafka, name, attested);
            var log = new LabelLog(seed: 5);
            var trust = new TrustTopic(kafka, names, Partitions);
            var sent = 0L;

            // Everybody is honest until the cohorts know what is usual.
            for (var round = 0; round < 10; round++)
                SendAll(log, attacking: false);

            // One attacks at its own source, and another in the name of a victim.
            var (everywhere, here) = (new StandingKey(Attacker), new StandingKey(Victim, "desk-0"));
            for (var round = 0; !Quarantined(trust, everywhere) || !Quarantined(trust, here); round++)
            {
                Assert.True(round < 20, string.Join('\n', silos.Select(s => s.Output)));
                SendAll(log, attacking: true);
            }

            // What the attacker writes through a source of another silo is held, be it honest; the victim writes on.
            for (var tries = 0; Last(attested, elsewhere, Round).Any(v => v.Identity != Attacker || v.Verdict != VerdictKind.Hold); tries++)
            {
                Assert.True(tries < 20, string.Join('\n', silos.Select(s => s.Output)));
                Send(log.Records(elsewhere, Attacker, Round), []);
            }

            Send(
                log.Records(elsewhere, Attacker, Round).Concat(log.Records(elsewhere, $"writer-{elsewhere}", Round)),
                log.Records(1, Victim, Round).Concat(log.Records(0, Victim, Round)));
            Assert.All(Last(attested, elsewhere, 2 * Round), v => Assert.Equal(v.Identity == Attacker ? VerdictKind.Hold : VerdictKind.Admit, v.Verdict));
            Assert.All(Last(claimed, 1, Round), v => Assert.Equal(VerdictKind.Admit, v.Verdict));
            Assert.All(Last(claimed, 0, Round), v => Assert.Equal(VerdictKind.Hold, v.Verdict));

            var events = trust.Read();
            var standings = TrustTopic.Standings(events);
            Assert.Equal(
                [everywhere, here], standings.Decisions.Where(d => d.Standing >= Standing.Contested).Select(d => d.Key).OrderBy(k => k.Identity, StringComparer.Ordinal));
            Assert.Contains(LabelLog.Slice, standings.Find(Attacker, "desk-0")!.Subject, StringComparison.Ordinal);
            Assert.All(
                events.Select(e => e.Decision).OfType<Decision>().GroupBy(d => d.Key),
                decisions => Assert.Equal(decisions.Select(d => d.Epoch).Order(), decisions.Select(d => d.Epoch)));
            Assert.False(trust.Freshness(events).IsStale(TimeProvider.System.GetUtcNow()));
            foreach (var topic in new[] { names.TrustDecisions, names.Recalls })
            {
                var (code, output) = await AssayCommand.Run($"verify {topic}", settings);
                Assert.True(code == 0, output);
            }

            List<VerdictMessage> Last(string topic, int partition, int count) =>
                [.. Verdicts(kafka, names, topic, partition).OrderByDescending(v => v.Offset).Take(count)];

            void SendAll(LabelLog from, bool attacking) => Send(
                Enumerable.Range(0, Partitions).SelectMany(p => from.Records(p, $"writer-{p}", Round, flipped: attacking && p == 0)),
                Enumerable.Range(0, Partitions).SelectMany(p => from.Records(p, Claims(p), Round, flipped: attacking && p == 0)));

            void Send(IEnumerable<(int, byte[])> toAttested, IEnumerable<(int, byte[])> toClaimed)
            {
                var (a, c) = (toAttested.ToList(), toClaimed.ToList());
                TopicContents.Fill(kafka, attested, a);
                TopicContents.Fill(kafka, claimed, c);
                sent += a.Count + c.Count;
                Flow.Wait(kafka, names, Partitions, silos[0], judged => judged >= sent);
            }
        }
        finally
        {
            silos.ForEach(s => s.Dispose());
        }
    }

    /// <summary>Source 0 writes in the name of the victim, whose own source is 1.</summary>
    private static string Claims(int partition) => partition == 0 ? Victim : $"writer-{partition}";

    private static bool Quarantined(TrustTopic trust, StandingKey key) =>
        TrustTopic.Standings(trust.Read()).Decisions.Any(d => d.Key == key && d.Standing == Standing.Quarantined);

    private static IEnumerable<VerdictMessage> Verdicts(string kafka, TopicNames names, string topic, int partition) =>
        TopicContents.Read(kafka, names.Verdicts, Partitions).Select(m => TrustTopics.ReadVerdict(m.Message.Value))
            .Where(v => v.Topic == topic && v.Partition == partition);

    private static async Task<int> PartitionOfAnotherSilo(string kafka, string group, string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka }).Build();
        var members = (await admin.DescribeConsumerGroupsAsync([group])).ConsumerGroupDescriptions[0].Members;
        var owner = members.Single(m => m.Assignment.TopicPartitions.Contains(new TopicPartition(topic, 0)));
        return members.Where(m => m != owner).SelectMany(m => m.Assignment.TopicPartitions).First(p => p.Topic == topic).Partition.Value;
    }

    private static async Task<string[]> Settings(string kafka, RedisServer redis, string name, string attested, string claimed)
    {
        var folder = Directory.CreateTempSubdirectory("assay-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "attested.json"), LabelLog.Attested);
        await File.WriteAllTextAsync(Path.Combine(folder, "claimed.json"), LabelLog.SelfAsserted);
        return
        [
            $"Kafka:BootstrapServers={kafka}", $"Kafka:Ingress:Group={name}", $"Kafka:Egress:TopicPrefix={name}",
            $"Topics:{attested}:Profile={folder}/attested.json", $"Topics:{claimed}:Profile={folder}/claimed.json",
            "Kafka:Ingress:CheckpointInterval=00:00:01", "Datasets:DefaultMode=Enforce", "Http:Port=0", "Sources:Detectors:0=label-slices",
            "Cohorts:MinInterval=00:00:00.1", "Cohorts:ContributeEvery=100", $"Signing:KeyFile={TestKey.File}", "Signing:HeartbeatInterval=00:00:01",
            $"Redis:Endpoints={redis.Address}", $"Cluster:ServiceId={name}", "Cluster:SiloPort=0", "Cluster:GatewayPort=0",
            "Cluster:AdvertisedAddress=127.0.0.1",
        ];
    }
}
