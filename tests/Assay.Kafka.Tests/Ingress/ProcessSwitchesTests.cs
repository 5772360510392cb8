using Assay.Kafka.Ingress;

namespace Assay.Kafka.Tests.Ingress;

public sealed class ProcessSwitchesTests
{
    [Fact]
    public void Read_WhenNothingIsSet_TakesNothingOut() => Assert.Equal(new IngressSwitches(), ProcessSwitches.Read(_ => null));

    [Fact]
    public void Read_WhenSwitchesAreSet_TakesThoseOut() => Assert.Equal(
        new IngressSwitches { IgnoreGaps = true, KeepGrains = true },
        ProcessSwitches.Read(name => name == ProcessSwitches.SwitchesVariable ? "keep-grains,ignore-gaps" : null));

    [Fact]
    public void Read_WhenAFailpointIsSet_LetsEarlierPassagesPass()
    {
        var switches = ProcessSwitches.Read(name => name == ProcessSwitches.FailpointVariable ? "after-acknowledge:2" : null);

        switches.Passing!(Failpoint.AfterAcknowledge);
        switches.Passing(Failpoint.AfterCommit);
    }

    [Theory]
    [InlineData(ProcessSwitches.SwitchesVariable, "ignore-gap")]
    [InlineData(ProcessSwitches.FailpointVariable, "after-lunch:1")]
    [InlineData(ProcessSwitches.FailpointVariable, "after-apply")]
    [InlineData(ProcessSwitches.FailpointVariable, "after-apply:0")]
    [InlineData(ProcessSwitches.FailpointVariable, "after-apply:-1")]
    [InlineData(ProcessSwitches.FailpointVariable, "after-apply:1:rest")]
    public void Read_WhenAValueIsNotUnderstood_SaysSo(string variable, string value)
    {
        var error = Assert.Throws<ArgumentException>(() => ProcessSwitches.Read(name => name == variable ? value : null));

        Assert.StartsWith(variable, error.Message, StringComparison.Ordinal);
    }
}
