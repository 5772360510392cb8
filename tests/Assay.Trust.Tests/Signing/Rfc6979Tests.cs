using System.Security.Cryptography;
using System.Text;
using Assay.Trust.Signing;

namespace Assay.Trust.Tests.Signing;

/// <summary>RFC 6979, appendix A.2.5: ECDSA on P-256 with SHA-256.</summary>
public sealed class Rfc6979Tests
{
    private const string Key = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";

    [Theory]
    [InlineData(
        "sample",
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")]
    [InlineData(
        "test",
        "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
        "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083")]
    public void Sign_OfTheRfcsMessages_GivesTheRfcsSignatures(string message, string r, string s)
    {
        var signature = new Rfc6979(Convert.FromHexString(Key)).Sign(Encoding.UTF8.GetBytes(message));

        Assert.Equal(Der(r, s), Convert.ToHexString(signature));
    }

    [Fact]
    public void Sign_OverManyKeysAndMessages_IsAcceptedByTheRuntimesOwnEcdsa()
    {
        for (var i = 0; i < 50; i++)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var data = SHA512.HashData([(byte)i]);

            var signature = new Rfc6979(key.ExportParameters(true).D!).Sign(data);

            Assert.True(key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    private static string Der(string r, string s)
    {
        var numbers = Integer(r) + Integer(s);
        return $"30{numbers.Length / 2:X2}{numbers}";
    }

    // A first bit that is set would make the number negative.
    private static string Integer(string hex) =>
        Convert.ToInt32(hex[..2], 16) >= 0x80 ? $"022100{hex}" : $"0220{hex}";
}
