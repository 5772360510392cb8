using Assay.Kafka.Clients;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Clients;

public class BrokerHealthTests
{
    [Fact]
    public void Report_OfARefusedPassword_IsSaidOnceAndNotHiddenByWhatFollows()
    {
        var log = new FlowLog();
        var health = new BrokerHealth(log);
        health.Report(new Error(ErrorCode.Local_Authentication, "SASL authentication error: bad"), "k:1");
        health.Report(new Error(ErrorCode.Local_AllBrokersDown, "1/1 brokers are down"), "k:1");
        health.Report(new Error(ErrorCode.Local_Authentication, "SASL authentication error: bad (after 3 ms)"), "k:1");
        Assert.Equal(["fault:broker:Kafka at k:1 refuses the login, wrong user name or wrong password: SASL authentication error: bad"], log.Events);
        Assert.Contains("password", health.Failing, StringComparison.Ordinal);
    }

    [Fact]
    public void Working_AfterAnOutage_IsSaidOnce()
    {
        var log = new FlowLog();
        var health = new BrokerHealth(log);
        health.Working();
        health.Report(new Error(ErrorCode.Local_AllBrokersDown, "down"), "k:1");
        health.Report(new Error(ErrorCode.Local_AllBrokersDown, "down"), "k:1");
        health.Working();
        health.Working();
        Assert.Equal(["fault:broker:Kafka at k:1 cannot be reached: no broker answers. Check the address, and whether it asks for TLS or a password.", "recovered:broker:"], log.Events);
    }

    [Fact]
    public void Report_OfOneLostConnection_IsNoFault()
    {
        var log = new FlowLog();
        new BrokerHealth(log).Report(new Error(ErrorCode.Local_Transport, "disconnected"), "k:1");
        Assert.Empty(log.Events);
    }
}
