using Assay.Contracts.Sources;

namespace Assay.Contracts.Tests.Sources;

public sealed class SourceIdTests
{
    [Theory]
    [InlineData("vendor-a")]
    [InlineData("a/b//c")]
    [InlineData("")]
    public void Parse_OfItsOwnText_GivesItBack(string source)
    {
        var id = new SourceId("ingest.transactions", 12, source);
        Assert.Equal(id, SourceId.Parse(id.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("topic")]
    [InlineData("topic/1")]
    [InlineData("topic/one/source")]
    [InlineData("topic/-1/source")]
    public void Parse_OfAnythingElse_Throws(string key) => Assert.Throws<FormatException>(() => SourceId.Parse(key));
}
