using System.Security.Cryptography;
using System.Text;
using Assay.Contracts.Evidence;
using Assay.Contracts.Verdicts;
using Assay.Detection.ContentRules;

namespace Assay.Detection.Tests.ContentRules;

public sealed class ProvenanceTests
{
    private const string Text = "A document, né 2020.";

    private static readonly string _digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    [Theory]
    [InlineData("", null)]
    [InlineData("sha256:", null)]
    [InlineData("0", "digest-mismatch")]
    public void Score_ComparesTheStatedDigestWithTheText(string prefix, string? rule) =>
        Assert.Equal(rule, Rule(new ContentRulesOptions(), ("sha256", prefix + _digest)));

    [Fact]
    public void Score_WhenTheTextDiffers_RejectsIt() =>
        Assert.Equal("digest-mismatch", Rule(new ContentRulesOptions(), ("sha256", new string('0', 64))));

    [Fact]
    public void Score_WhenTheDigestIsKnownBad_RejectsIt() =>
        Assert.Equal("known-bad-hash", Rule(new ContentRulesOptions { KnownBadSha256 = [_digest.ToUpperInvariant()] }));

    [Theory]
    [InlineData("crawler", "news", null)]
    [InlineData("crawler", "finance", "write-outside-scope")]
    [InlineData("somebody", "finance", null)]
    public void Score_WhenAListedIdentityWritesElsewhere_RejectsIt(string identity, string dataset, string? rule)
    {
        var options = new ContentRulesOptions { Scopes = new Dictionary<string, string[]> { ["crawler"] = ["news", "sport"] } };
        var finding = new Finding();
        new ContentRulesDetector(options).Score(new Record { Identity = identity, Dataset = dataset }, finding);
        Assert.Equal(rule, finding.Rule);
    }

    [Theory]
    [InlineData(DSASignatureFormat.IeeeP1363FixedFieldConcatenation)]
    [InlineData(DSASignatureFormat.Rfc3279DerSequence)]
    public void Score_VerifiesSignaturesInBothFormats(DSASignatureFormat format)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new ContentRulesOptions { PublicKeys = new Dictionary<string, string> { ["k1"] = key.ExportSubjectPublicKeyInfoPem() } };
        var good = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(Text), HashAlgorithmName.SHA256, format));
        var bad = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(Text + "."), HashAlgorithmName.SHA256, format));
        Assert.Null(Rule(options, ("signature", good), ("key", "k1")));
        Assert.Equal("bad-signature", Rule(options, ("signature", bad), ("key", "k1")));
        Assert.Equal("bad-signature", Rule(options, ("signature", "no base64!"), ("key", "k1")));
        Assert.Equal("bad-signature", Rule(options, ("signature", new string('A', 400)), ("key", "k1")));
        Assert.Equal("unknown-key", Rule(options, ("signature", good), ("key", "k2")));
        Assert.Equal("unknown-key", Rule(options, ("signature", good)));
    }

    [Fact]
    public void Create_WhenOptionsCannotBeRead_NamesTheEntry()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Contains("'xyz'", Assert.Throws<ArgumentException>(() => new ContentRulesDetector(new ContentRulesOptions { KnownBadSha256 = ["xyz"] })).Message, StringComparison.Ordinal);
        foreach (var pem in new[] { "nonsense", key.ExportSubjectPublicKeyInfoPem() })
        {
            var options = new ContentRulesOptions { PublicKeys = new Dictionary<string, string> { ["k9"] = pem } };
            Assert.Contains("'k9'", Assert.Throws<ArgumentException>(() => new ContentRulesDetector(options)).Message, StringComparison.Ordinal);
        }
    }

    private static string? Rule(ContentRulesOptions options, params (string Name, string Value)[] provenance)
    {
        var record = new Record { Text = Text };
        foreach (var (name, value) in provenance)
            record.Provenance.Add(name, value);
        var finding = new Finding();
        new ContentRulesDetector(options).Score(record, finding);
        Assert.Equal(
            finding.Rule switch { null => VerdictKind.None, "unknown-key" => VerdictKind.Hold, _ => VerdictKind.Reject }, finding.RuleVerdict);
        return finding.Rule;
    }
}
