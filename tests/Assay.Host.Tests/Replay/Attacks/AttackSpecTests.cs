using Assay.Host.Replay.Attacks;
using Assay.Mapping.Files;

namespace Assay.Host.Tests.Replay.Attacks;

public sealed class AttackSpecTests
{
    [Fact]
    public void Parse_WhenTheContractsExample_ReadsEveryKey()
    {
        var spec = AttackSpec.Parse("flip:where=occupation=Exec-managerial,from=>50K,to=<=50K,rate=0.3,source=source-3");
        Assert.Equal(("flip", "occupation=Exec-managerial", ">50K", "<=50K"), (spec.Kind, spec["where"], spec["from"], spec["to"]));
        Assert.Equal(("source-3", null, 0.3, null, 0.5, 1.0, null), (spec.Source, spec.Identity, spec.Rate, spec.Count, spec.Start, spec.End, spec.Seed));
    }

    [Theory]
    [InlineData("flip:where=\"work=a, b\",from=\"x \"\"y\"\"\",to=z,count=5,start=.1,end=.2,seed=-3")]
    [InlineData("flip:where=work=\"a, b\",from=\"x \"\"y\"\"\",to=z,count=5,start=0.1,end=0.2,seed=-3")]
    [InlineData("{\"kind\":\"flip\",\"where\":\"work=a, b\",\"from\":\"x \\\"y\\\"\",\"to\":\"z\",\"count\":5,\"start\":0.1,\"end\":0.2,\"seed\":-3}")]
    [InlineData("{\"flip\":{\"where\":{\"work\":\"a, b\"},\"from\":\"x \\\"y\\\"\",\"to\":\"z\",\"count\":5,\"start\":0.1,\"end\":0.2,\"seed\":-3}}")]
    public void Parse_WhenWrittenInAnyWay_ReadsTheSame(string text)
    {
        var spec = AttackSpec.Parse(text);
        Assert.Equal(("work=a, b", "x \"y\"", "z"), (spec["where"], spec["from"], spec["to"]));
        Assert.Equal((null, 5L, 0.1, 0.2, -3L), (spec.Rate, spec.Count, spec.Start, spec.End, spec.Seed));
    }

    [Fact]
    public void Parse_WhenHiddenIsJson_KeepsItsOwnKind()
    {
        Assert.Equal("bidi", AttackSpec.Parse("{\"hidden\":{\"kind\":\"bidi\"}}")["kind"]);
        Assert.Equal("tags", AttackSpec.Parse("hidden:kind=tags")["kind"]);
    }

    [Theory]
    [InlineData("flop:from=a,to=b", "Did you mean \"flip\"?")]
    [InlineData("flip:form=a,to=b", "Did you mean \"from\"?")]
    [InlineData("flip:from=a", "flip needs to=…")]
    [InlineData("flip", "flip needs from=…")]
    [InlineData("flip:from=a,to=b,rate=1.5", "rate is '1.5', expected a number above 0 and at most 1")]
    [InlineData("flip:from=a,to=b,rate=0", "rate is '0'")]
    [InlineData("flip:from=a,to=b,rate=NaN", "rate is 'NaN'")]
    [InlineData("flip:from=a,to=b,count=0", "count is '0', expected a whole number of 1 or more")]
    [InlineData("flip:from=a,to=b,rate=.1,count=3", "exclude each other")]
    [InlineData("flip:from=a,to=b,start=.7,end=.7", "start (0.7) must lie before end (0.7)")]
    [InlineData("flip:from=a,to=b,from=c", "given twice")]
    [InlineData("flip:from=a,to=a", "same label")]
    [InlineData("flip:from=a,to=b,where=occupation", "expected COLUMN=VALUE")]
    [InlineData("flip:from=a,to=b,oops", "'oops' is not of the form key=value")]
    [InlineData("flip:from=\"a,to=b", "never closed")]
    [InlineData("flip:from=a,to=b,", "ends in a comma")]
    [InlineData("flip:from=,to=b", "from has no value")]
    [InlineData("outlier:column=age,shift=big", "shift is 'big', expected a number")]
    [InlineData("hidden:kind=zerowidth", "Did you mean \"zero-width\"?")]
    [InlineData("duplicate:copies=1.5", "copies is '1.5'")]
    [InlineData("{\"kind\":\"flip\",", "starts like JSON")]
    [InlineData("{\"from\":\"a\"}", "\"kind\"")]
    [InlineData("", "is no kind of attack")]
    public void Parse_WhenSpecIsWrong_SaysWhatAndShowsAnExample(string text, string expected)
    {
        var message = Assert.Throws<InputException>(() => AttackSpec.Parse(text)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_OfEveryKind_AreValid() =>
        Assert.All(AttackKind.All, kind => Assert.Equal(kind.Name, AttackSpec.Parse(kind.Example).Kind));
}
