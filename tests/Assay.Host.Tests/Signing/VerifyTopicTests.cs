using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts.Ports;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Host.Settings;
using Assay.Host.Tests.EndToEnd;
using Assay.Host.Tests.Replay;
using Assay.Kafka;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Embedded;
using Assay.Kafka.Topics;
using Assay.Kafka.Writing;
using Assay.Trust.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Host.Tests.Signing;

[Collection(CommandLine.Collection)]
public sealed class VerifyTopicTests : IDisposable
{
    private const int Partitions = 3;
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedKafka _kafka = new();
    private readonly TopicNames _names = new("t");

    public VerifyTopicTests()
    {
        KeyFiles.Create(_folder["key.pem"]);
        TopicAdmin.CreateOutputs(_kafka, _names, Partitions);
    }

    [Fact]
    public async Task Verify_OfTopicsWithSignedMessagesAlone_EndsWith0()
    {
        await Publish(KeyFiles.ReadPrivate(_folder["key.pem"], "K"));

        Assert.Contains("t.trust-decisions.v1: 33 good, 0 bad, 0 unsigned", (await Verify("trust-decisions")).Ended(0).Output, StringComparison.Ordinal);
        Assert.Contains("t.trust-log.v1: 30 good", (await Verify("t.trust-log.v1")).Ended(0).Output, StringComparison.Ordinal);
        Assert.Contains("t.recalls.v1: 2 good", (await Verify("recalls")).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WithForgedMessages_NamesThemByPartitionAndOffset()
    {
        var signer = KeyFiles.ReadPrivate(_folder["key.pem"], "K");
        await Publish(signer);
        var forged = SignedMessage.Of(Signed.Decision(1), DeterministicSigner.Generate());
        var misplaced = SignedMessage.Of(Signed.Recall(1), signer);
        using (var services = Services(signer))
        {
            var clients = services.GetRequiredService<KafkaClients>();
            using var writer = new PacedProducer(clients, new KafkaEgressOptions { TopicPrefix = "t" }, _names.TrustLog, Partitions);
            await writer.Produce(1, Encoding.UTF8.GetBytes(forged.Key), forged.Value, [new(HeaderNames.Dsse, forged.Signature)], 0);
            await writer.Produce(1, Encoding.UTF8.GetBytes(misplaced.Key), misplaced.Value, [new(HeaderNames.Dsse, misplaced.Signature)], 0);
            await writer.Produce(1, Encoding.UTF8.GetBytes(forged.Key), forged.Value, null, 0);
            writer.Flush();
        }

        var json = JsonNode.Parse((await Verify("trust-log", "--json")).Ended(1).Output)!;

        Assert.Equal((30, 2, 1), ((int)json["good"]!, (int)json["bad"]!, (int)json["unsigned"]!));
        var failures = json["failures"]!.AsArray().Select(f => ((string)f!["at"]!, (string)f["reason"]!)).ToArray();
        var first = long.Parse(failures[0].Item1.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal([$"t.trust-log.v1/1/{first}", $"t.trust-log.v1/1/{first + 1}", $"t.trust-log.v1/1/{first + 2}"], failures.Select(f => f.Item1));
        Assert.Contains("is not accepted", failures[0].Item2, StringComparison.Ordinal);
        Assert.Contains("does not belong here", failures[1].Item2, StringComparison.Ordinal);
        Assert.Contains("no assay-dsse header", failures[2].Item2, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfAnEmptyTopic_EndsWith0() =>
        Assert.Contains("nothing was verified", (await Verify("recalls")).Ended(0).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Verify_WhereNoBrokerAnswers_EndsWith3() => (await CommandLine.Run(
        "verify", "recalls", "--keys", _folder["key.pem.pub"], "--set", "Kafka:BootstrapServers=127.0.0.1:1", "--set", "Kafka:StartTimeout=00:00:01")).Ended(3);

    [Fact]
    public async Task Verify_OfATopicThatIsNotThere_EndsWith2() => Assert.Contains(
        "does not exist", (await Verify("recalls", "--set", "Kafka:Egress:TopicPrefix=nobody")).Ended(2).Error, StringComparison.Ordinal);

    public void Dispose()
    {
        _kafka.Dispose();
        _folder.Dispose();
    }

    private Task<Outcome> Verify(string topic, params string[] more) => CommandLine.Run(
    [
        "verify", topic, "--keys", _folder["key.pem.pub"], "--set", $"Kafka:BootstrapServers={_kafka.BootstrapServers}", "--set", "Kafka:Egress:TopicPrefix=t", .. more,
    ]);

    private async Task Publish(TrustSigner signer)
    {
        using var services = Services(signer);
        var publisher = services.GetRequiredService<ITrustPublisher>();
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, 30).Select(n => publisher.Publish(Signed.Decision(n), CancellationToken.None)),
            .. Enumerable.Range(0, 2).Select(n => publisher.Publish(Signed.Recall(n), CancellationToken.None)),
            .. Enumerable.Range(0, Partitions).Select(p => publisher.Publish(new TrustHeartbeat(p, 1, 0, DateTimeOffset.UnixEpoch), CancellationToken.None)),
        ]).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private ServiceProvider Services(TrustSigner signer) => new ServiceCollection()
        .AddSingleton<IFlowObserver, Quiet>()
        .AddSingleton(signer)
        .AddLogging()
        .AddAssayKafka()
        .Configure<KafkaOptions>(o => o.BootstrapServers = _kafka.BootstrapServers)
        .Configure<Assay.Kafka.Ingress.KafkaIngressOptions>(o => o.Topics.Add("unread"))
        .Configure<KafkaEgressOptions>(o => o.TopicPrefix = "t")
        .BuildServiceProvider();

    private sealed class Quiet : FlowObserver;
}
