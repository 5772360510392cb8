using System.Text;
using Assay.Contracts.Signing;

namespace Assay.Contracts.Tests.Signing;

public sealed class DsseTests
{
    /// <summary>The example of DSSE's protocol page.</summary>
    [Fact]
    public void Encode_OfTheSpecificationsExample_GivesItsBytes() => Assert.Equal(
        "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
        Encoding.UTF8.GetString(Dsse.Encode("http://example.com/HelloWorld", "hello world"u8)));

    [Fact]
    public void Encode_OutsideAscii_CountsBytes() => Assert.Equal(
        "DSSEv1 2 é 3 €", Encoding.UTF8.GetString(Dsse.Encode("é", "€"u8)));
}
