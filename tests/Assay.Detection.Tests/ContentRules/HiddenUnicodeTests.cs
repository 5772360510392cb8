using Assay.Contracts.Evidence;
using Assay.Contracts.Verdicts;
using Assay.Detection.ContentRules;

namespace Assay.Detection.Tests.ContentRules;

public sealed class HiddenUnicodeTests
{
    private static readonly ContentRulesDetector _detector = new(new ContentRulesOptions());

    [Theory]
    [InlineData("plain ASCII,\twith tab\r\nand lines")]
    [InlineData("café, naïve, Ελληνικά, русский, 日本語, 한국어")]
    [InlineData("\uFEFFa byte order mark at the very start")]
    [InlineData("نامه\u200Cای به فارسی")]
    [InlineData("क्\u200Dष in Devanagari")]
    [InlineData("ภาษา\u200Bไทย")]
    [InlineData("family 👨\u200D👩\u200D👧 and ❤\uFE0F\u200D🔥")]
    [InlineData("keycap 1\uFE0F\u20E3, heart ❤\uFE0F, information ℹ\uFE0F")]
    [InlineData("葛\U000E0100城 with an ideographic variant")]
    [InlineData("flag 🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F of Scotland")]
    [InlineData("Hebrew \u2067שלום\u2069 isolated")]
    [InlineData("by \u2066@USER\u2069, as programs write it")]
    [InlineData("runner \u200D♂\uFE0F with its first half lost")]
    [InlineData("that\u0092s Windows-1252 read as Latin-1")]
    [InlineData("a lone surrogate \uD83D stays unjudged")]
    public void Score_WhenTextIsLegitimate_SaysNothing(string text) => Assert.Equal((0, null), Judge(text));

    [Theory]
    [InlineData("ignore\U000E0069\U000E0067 this", "hidden-unicode/tags", VerdictKind.Reject)]
    [InlineData("flag 🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E0041\U000E007F", "hidden-unicode/tags", VerdictKind.Reject)]
    [InlineData("zero\u200Bwidth", "hidden-unicode/zero-width", VerdictKind.Hold)]
    [InlineData("join\u200Der", "hidden-unicode/zero-width", VerdictKind.Hold)]
    [InlineData("word\u2060joiner", "hidden-unicode/zero-width", VerdictKind.Hold)]
    [InlineData("a mark \uFEFFinside", "hidden-unicode/zero-width", VerdictKind.Hold)]
    [InlineData("access \u202Enimda", "hidden-unicode/bidi-override", VerdictKind.Reject)]
    [InlineData("isolate \u2067in Latin\u2069", "hidden-unicode/bidi", VerdictKind.Hold)]
    [InlineData("isolate \u2066never closed", "hidden-unicode/bidi", VerdictKind.Hold)]
    [InlineData("שלום \u202B unbalanced", "hidden-unicode/bidi", VerdictKind.Hold)]
    [InlineData("😀\uFE00\uFE01\uFE02\uFE03", "hidden-unicode/variation-payload", VerdictKind.Reject)]
    [InlineData("😀\U000E0158\U000E0159\U000E0155", "hidden-unicode/variation-payload", VerdictKind.Reject)]
    [InlineData("lett\uFE0Fer", "hidden-unicode/variation-selectors", VerdictKind.Hold)]
    [InlineData("nul\0 inside", "hidden-unicode/control", VerdictKind.Hold)]
    [InlineData("escape \u001B[31m", "hidden-unicode/control", VerdictKind.Hold)]
    public void Score_WhenSomethingIsHidden_NamesTheRule(string text, string rule, VerdictKind verdict)
    {
        var finding = new Finding();
        _detector.Score(new Record { Text = text }, finding);
        Assert.Equal((rule, verdict), (finding.Rule, finding.RuleVerdict));
        Assert.True(finding.Score > 0);
    }

    [Fact]
    public void Score_WhenItIsHiddenOutsideTheText_FindsItToo()
    {
        var inAttribute = new Record();
        inAttribute.Attributes.Add("city", "Ber\u200Blin");
        foreach (var record in new[] { new Record { Label = "x\u200By" }, new Record { Target = "x\u200By" }, new Record { Tool = "x\u200By" }, inAttribute })
        {
            var finding = new Finding();
            _detector.Score(record, finding);
            Assert.Equal("hidden-unicode/zero-width", finding.Rule);
        }
    }

    [Fact]
    public void Score_WhenARejectingRuleIsBrokenToo_NamesThat()
    {
        var finding = new Finding();
        _detector.Score(new Record { Text = "a\u200Bb \U000E0041" }, finding);
        Assert.Equal("hidden-unicode/tags", finding.Rule);
    }

    [Fact]
    public void Score_WhenTheRuleIsOff_SaysNothing()
    {
        var finding = new Finding();
        new ContentRulesDetector(new ContentRulesOptions { ZeroWidth = RuleAction.Off }).Score(new Record { Text = "a\u200Bb" }, finding);
        Assert.Null(finding.Rule);
    }

    [Fact]
    public void Explain_ShowsCodePointCountPositionAndTheTextEscaped()
    {
        var record = new Record { Text = "abc\u200Bdef\u200Bghi" };
        var finding = new Finding();
        _detector.Score(record, finding);
        Assert.Equal(
            "invisible characters in text: 2 (the first U+200B at 3): abc\\u{200B}def\\u{200B}ghi",
            _detector.Explain(record, finding));
    }

    private static (double, string?) Judge(string text)
    {
        var finding = new Finding();
        _detector.Score(new Record { Text = text }, finding);
        return (finding.Score, finding.Rule);
    }
}
