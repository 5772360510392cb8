using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Assay.Kafka.Tests.Support;
using Assay.Kafka.Topics;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Tests.Topics;

public class TopicAdminTests
{
    [Fact]
    public async Task CreateMissing_OnARealBroker_CreatesEveryOutputAsWideAsTheInput()
    {
        using var broker = new TestBroker(real: true);
        await broker.CreateTopic(broker.Input, 3);
        var admin = Admin(broker);
        Assert.Contains(admin.Describe(), t => t.Name == broker.Names.Verdicts && !t.Good && t.Wanted == 3);

        var created = await admin.CreateMissing();

        Assert.Equal(broker.Names.All.Order(), created.Select(c => c.Name).Order());
        Assert.All(admin.Describe(), t => Assert.True(t.Good, t.Name));
        Assert.Equal(3, admin.Partitions()[broker.Names.Verdicts]);
        Assert.Empty(await admin.CreateMissing());
    }

    [Fact]
    public async Task CreateInputs_OnARealBroker_CreatesWhatIsMissingAndLeavesTheRest()
    {
        using var broker = new TestBroker(real: true);
        var created = Assert.Single(await Admin(broker).CreateInputs(5));
        Assert.Equal((broker.Input, 5), (created.Name, created.Partitions));
        Assert.Equal(5, Admin(broker).Partitions()[broker.Input]);
        Assert.Empty(await Admin(broker).CreateInputs(7));
    }

    [Fact]
    public async Task CreateMissing_WhenTheInputIsNotThere_CreatesNothingOfAGuessedWidth()
    {
        using var broker = new TestBroker(real: true);
        var error = await Assert.ThrowsAsync<KafkaSetupException>(() => Admin(broker).CreateMissing());
        Assert.Contains(broker.Input, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(broker.Names.Verdicts, Admin(broker).Partitions().Keys);
    }

    [Fact]
    public async Task Start_WhenOutputsAreMissing_NamesThemAndTheCommand()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopic(broker.Input, 3);
        await broker.CreateTopic(broker.Names.Admitted, 3);
        var error = await Assert.ThrowsAsync<KafkaSetupException>(() => TestIngress.Start(broker, new FakeShards()));
        Assert.Equal(KafkaSetupProblem.Topics, error.Problem);
        Assert.Contains(broker.Names.Verdicts, error.Message, StringComparison.Ordinal);
        Assert.Contains("assay topics create", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(broker.Names.Admitted, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenNobodyAnswers_SaysWhere()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        broker.Embedded.Down();
        var log = new FlowLog();
        var admin = Admin(broker, TestClients.For(broker.BootstrapServers, log, o => o.StartTimeout = TimeSpan.FromSeconds(2)));
        var error = Assert.Throws<KafkaSetupException>(admin.Partitions);
        Assert.Equal(KafkaSetupProblem.Unreachable, error.Problem);
        Assert.Contains(broker.BootstrapServers, error.Message, StringComparison.Ordinal);
        Assert.True(log.Events.Count <= 1, "said once");
    }

    private static TopicAdmin Admin(TestBroker broker, KafkaClients? clients = null)
    {
        var ingress = new KafkaIngressOptions();
        ingress.Topics.Add(broker.Input);
        return new TopicAdmin(
            clients ?? TestClients.For(broker.BootstrapServers, new FlowLog()), Options.Create(ingress),
            Options.Create(new KafkaEgressOptions { TopicPrefix = broker.Run, Replicas = 1 }), TimeProvider.System);
    }
}
