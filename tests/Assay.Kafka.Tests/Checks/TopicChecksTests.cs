using Assay.Kafka.Checks;
using Assay.Kafka.Topics;
using Confluent.Kafka.Admin;

namespace Assay.Kafka.Tests.Checks;

public class TopicChecksTests
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["cleanup.policy"] = "delete",
        ["message.timestamp.type"] = "LogAppendTime",
        ["retention.ms"] = "604800000",
        ["max.message.bytes"] = "1048588",
    };

    private static readonly HashSet<AclOperation> Everything = [AclOperation.Read, AclOperation.Write, AclOperation.Describe];

    [Fact]
    public void Input_AsItShouldBe_IsGood() => Assert.All(TopicChecks.Input(Topic(), 1_048_588), c => Assert.Equal(CheckStatus.Ok, c.Status));

    [Theory]
    [InlineData("cleanup.policy", "compact", "cleanup.policy")]
    [InlineData("message.timestamp.type", "CreateTime", "message.timestamp.type")]
    [InlineData("retention.ms", "3600000", "retention.ms")]
    [InlineData("max.message.bytes", "9000000", "max.message.bytes")]
    public void Input_WithASettingThatHurts_WarnsAndSaysWhatToDo(string key, string value, string named)
    {
        var check = Assert.Single(TopicChecks.Input(Topic((key, value)), 1_048_588), c => c.Status != CheckStatus.Ok);
        Assert.Equal((named, CheckStatus.Warn), (check.Name, check.Status));
        Assert.NotEmpty(check.Remedy);
    }

    [Fact]
    public void Input_ThatMayNotBeRead_Fails() => Assert.Contains(
        TopicChecks.Input(Topic() with { Operations = new HashSet<AclOperation> { AclOperation.Describe } }, null),
        c => c is { Name: "permissions", Status: CheckStatus.Fail } && c.Found.Contains("Read", StringComparison.Ordinal));

    [Fact]
    public void Input_ThatIsNotThere_Fails() => Assert.Equal(CheckStatus.Fail, Assert.Single(TopicChecks.Input(Topic() with { Partitions = 0 }, null)).Status);

    [Theory]
    [InlineData(true, "delete")]
    [InlineData(true, "compact,delete")]
    [InlineData(false, "compact")]
    public void Output_WithTheWrongCleanup_Fails(bool compacted, string policy) => Assert.Contains(
        TopicChecks.Output(new TopicSpec("t", 3, compacted), Topic(("cleanup.policy", policy)), read: false, brokers: 1),
        c => c is { Name: "cleanup.policy", Status: CheckStatus.Fail });

    [Fact]
    public void Output_NarrowerThanItsInput_Fails() => Assert.Contains(
        TopicChecks.Output(new TopicSpec("t", 6), Topic(), read: false, brokers: 1), c => c is { Name: "partitions", Status: CheckStatus.Fail });

    [Theory]
    [InlineData(1, 3, "1", "replicas")]
    [InlineData(3, 3, "1", "min.insync.replicas")]
    public void Output_ThatOneBrokerCanLose_Warns(int replicas, int brokers, string insync, string named) => Assert.Contains(
        TopicChecks.Output(new TopicSpec("t", 3), Topic(("min.insync.replicas", insync)) with { Replicas = replicas }, read: false, brokers),
        c => c.Name == named && c.Status == CheckStatus.Warn);

    private static TopicFacts Topic(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(Good);
        foreach (var (key, value) in settings)
            all[key] = value;
        return new TopicFacts("t", 3, 3, 0, Everything, all);
    }
}
