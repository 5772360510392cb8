using Assay.Contracts.Verdicts;
using Assay.Host.Settings;
using Assay.Kafka.Clients;

namespace Assay.Host.Tests.Settings;

public sealed class AssaySettingsTests
{
    [Fact]
    public void Load_WhenAFileAndAnOverrideSayDifferently_TheOverrideWins()
    {
        var file = new FileInfo(Path.GetTempFileName());
        File.WriteAllText(file.FullName, """{ "Records": { "HoldBudget": 0.02, "HalfLife": 5000 }, "Datasets": { "DefaultMode": "Mark", "Modes": { "fraud": "Enforce" } } }""");
        var settings = AssaySettings.Load(file, ["Records:HoldBudget=0.001"]);
        Assert.Equal((0.001, 5_000), (settings.Records.HoldBudget, settings.Records.HalfLife));
        Assert.Equal((DatasetMode.Mark, DatasetMode.Enforce), (settings.Datasets.DefaultMode, settings.Datasets.Modes["fraud"]));
    }

    [Theory]
    [InlineData("Recods:HoldBudget=0.1", "Recods", "Records")]
    [InlineData("Records:HoldBudge=0.1", "HoldBudge", "HoldBudget")]
    [InlineData("Records:HoldBudget=0.9", "HoldBudget", "0.1")]
    [InlineData("Records:HoldBudget=much", "HoldBudget", "much")]
    [InlineData("Detectors:densitty:X=1", "densitty", "density")]
    [InlineData("Detectors:density:NoSuchKey=1", "NoSuchKey", "Detectors:density")]
    [InlineData("Topics:orders:Profil=x.json", "Profil", "Profile")]
    [InlineData("HoldBudget", "HoldBudget", "KEY=VALUE")]
    [InlineData("Standing:ClearShare=0.2", "Standing:ClearShare", "WatchShare (0.1)")]
    [InlineData("Standing:CleanRecordsPerFalseQuarantine=10", "Standing:CleanRecordsPerFalseQuarantine", "100")]
    [InlineData("Ledger:FullAfter=-1", "Ledger:FullAfter", "1000000")]
    [InlineData("Cohorts:MinInterval=2:00:00", "Cohorts:MinInterval", "01:00:00")]
    [InlineData("Cohorts:OnDemand=true", "OnDemand", "PublishEvery")]
    public void Load_WhenASettingCannotBeUsed_NamesItAndWhatWouldDo(string set, string named, string remedy)
    {
        var message = Assert.Throws<SettingsException>(() => AssaySettings.Load(null, [set])).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kafka_WithNestedSections_BindsEachToItsOwnOptions()
    {
        var settings = AssaySettings.Load(null, ["Kafka:BootstrapServers=h:1", "Kafka:Ingress:Group=g", "Kafka:Egress:TopicPrefix=p", "Topics:orders:Profile=x.json"]);
        Assert.True(settings.HasKafka);
        Assert.Equal("h:1", settings.Kafka().BootstrapServers);
        Assert.Equal("p", settings.Egress.TopicPrefix);
        var ingress = settings.Ingress(settings.Profiles.Files.Keys);
        Assert.Equal(("g", "orders"), (ingress.Group, Assert.Single(ingress.Topics)));
    }

    [Theory]
    [InlineData("Redis:Endpoint=h:1", "Endpoint", "Endpoints")]
    [InlineData("Redis:Database=1", "Endpoints", "required")]
    [InlineData("Redis:User=u", "User", "Password")]
    [InlineData("Redis:TlsCaFile=/none.pem", "TlsCaFile", "Tls is off")]
    [InlineData("Redis:Timeout=00:02:00", "Timeout", "00:01:00")]
    [InlineData("Cluster:ServiceId=a/b", "ServiceId", "A-Za-z0-9")]
    [InlineData("Cluster:AdvertisedAddress=here", "AdvertisedAddress", "no IP address")]
    [InlineData("Cluster:SiloPort=30000", "SiloPort", "GatewayPort")]
    [InlineData("Cluster:SilenceLimit=00:00:01", "SilenceLimit", "00:00:03")]
    public void Load_WhenRedisOrTheClusterCannotBeUsed_NamesItAndWhatWouldDo(string set, string named, string remedy)
    {
        string[] sets = set.StartsWith("Redis", StringComparison.Ordinal) && !set.Contains("Endpoint", StringComparison.Ordinal) && !set.Contains("Database", StringComparison.Ordinal)
            ? ["Redis:Endpoints=h:1", set]
            : [set];
        var message = Assert.Throws<SettingsException>(() => AssaySettings.Load(null, sets)).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kafka:Ingress:DurableState=true", "Redis:Endpoints")]
    [InlineData("Redis:Endpoints=h:1;Kafka:Ingress:DurableState=false", "Leave it out")]
    public void Ingress_WhenDurableStateContradictsTheStore_SaysWhatToDo(string sets, string remedy)
    {
        var settings = AssaySettings.Load(null, sets.Split(';'));
        Assert.Contains(remedy, Assert.Throws<SettingsException>(() => settings.Ingress(["t"], durable: true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kafka:Delivery=ExactlyOnce;Kafka:BootstrapServers=h:1", null, "Redis:Endpoints")]
    [InlineData("Kafka:Delivery=ExactlyOnce;Redis:Endpoints=h:1", "127.0.0.1:1", "embedded broker")]
    public void Kafka_WhenExactlyOnceCannotBe_SaysWhatToDo(string sets, string? embedded, string said)
    {
        var settings = AssaySettings.Load(null, sets.Split(';'));
        Assert.Contains(said, Assert.Throws<SettingsException>(() => settings.Kafka(embedded)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kafka_WithARealKafkaAndRedis_DeliversExactlyOnceButInAReplay()
    {
        var settings = AssaySettings.Load(null, ["Kafka:Delivery=ExactlyOnce", "Kafka:BootstrapServers=h:1", "Redis:Endpoints=h:1"]);
        Assert.Equal(DeliveryGuarantee.ExactlyOnce, settings.Kafka().Delivery);
        Assert.Equal(DeliveryGuarantee.AtLeastOnce, settings.Kafka("127.0.0.1:1").Delivery);
    }

    [Fact]
    public void Ingress_WithRedis_IsDurableWhereTheSiloIsInTheCluster()
    {
        var settings = AssaySettings.Load(null, ["Redis:Endpoints=h:1"]);
        Assert.True(settings.Ingress(["t"], durable: true).DurableState);
        Assert.False(settings.Ingress(["t"]).DurableState);
    }

    [Fact]
    public void Load_WhenAKeyIsSetTwice_TheLastWins() => Assert.Equal(
        0.002, AssaySettings.Load(null, ["Records:HoldBudget=0.001", "records:HoldBudget=0.002"]).Records.HoldBudget);

    [Fact]
    public void Load_WhenTheFileIsNoJson_NamesTheFile()
    {
        var file = new FileInfo(Path.GetTempFileName());
        File.WriteAllText(file.FullName, "{ broken");
        Assert.Contains(file.FullName, Assert.Throws<SettingsException>(() => AssaySettings.Load(file, [])).Message, StringComparison.Ordinal);
    }
}
