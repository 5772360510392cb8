using Assay.Contracts.Ports;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Assay.Kafka.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Tests.Clients;

public class KafkaOptionsTests
{
    public static TheoryData<Action<KafkaOptions>, string> Wrong => new()
    {
        { o => o.BootstrapServers = "", "BootstrapServers" },
        { o => o.SaslMechanism = "GSSAPI", "SaslMechanism" },
        { o => o.SaslMechanism = "PLAIN", "needs SaslUser" },
        { o => o.SaslPassword = "p", "without a SaslMechanism" },
        { o => o.TlsCaFile = "/ca.pem", "Tls is off" },
        { o => (o.Tls, o.TlsCaFile) = (true, "/no/such/ca.pem"), "does not exist" },
        { o => o.StartTimeout = TimeSpan.Zero, "StartTimeout" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Validate_OfWrongConnections_NamesTheSetting(Action<KafkaOptions> change, string named)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Value<KafkaOptions>(o =>
        {
            o.BootstrapServers = "k:1";
            change(o);
        }));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_OfDefaultsWithServersAndTopics_Passes()
    {
        Value<KafkaOptions>(o => o.BootstrapServers = "k:1");
        Value<KafkaIngressOptions>(o => o.Topics.Add("t"));
        Value<KafkaEgressOptions>(_ => { });
    }

    [Fact]
    public void Validate_OfValuesOutOfRange_NamesTheSetting()
    {
        Assert.Contains("PartitionBytes", Assert.Throws<OptionsValidationException>(() => Value<KafkaIngressOptions>(o =>
        {
            o.Topics.Add("t");
            o.PartitionBytes = 1;
        })).Message, StringComparison.Ordinal);
        Assert.Contains("Topics", Assert.Throws<OptionsValidationException>(() => Value<KafkaIngressOptions>(_ => { })).Message, StringComparison.Ordinal);
        Assert.Contains("Compression", Assert.Throws<OptionsValidationException>(() => Value<KafkaEgressOptions>(o => o.Compression = "rar")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OfAConnection_HidesThePassword()
    {
        var text = new KafkaOptions { BootstrapServers = "k:1", SaslMechanism = "PLAIN", SaslUser = "u", SaslPassword = "secret" }.ToString();
        Assert.Contains("PLAIN as u", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    private static T Value<T>(Action<T> configure) where T : class
    {
        using var services = new ServiceCollection().AddSingleton<IFlowObserver>(new FlowLog()).AddAssayKafkaClients().Configure(configure).BuildServiceProvider();
        return services.GetRequiredService<IOptions<T>>().Value;
    }
}
