using System.Globalization;
using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;
using Assay.Detection.Statistics;

namespace Assay.Detection.ContentRules;

/// <summary>Certain signs in a single record: hidden Unicode, digests, known-bad hashes, scopes, signatures. Learns nothing and keeps no state.</summary>
public sealed class ContentRulesDetector : IDetector
{
    public const string PermanentId = "content-rules";

    /// <summary>Score of a record that breaks a rule which rejects, and of one that breaks a rule which holds, in digits.</summary>
    public const double RejectScore = 6, HoldScore = 4;

    private readonly RuleAction[] _actions;
    private readonly Dictionary<string, string[]> _scopes;
    private readonly KnownDigests _knownBad;
    private readonly SignatureKeys _keys;

    /// <exception cref="ArgumentException">A digest or a public key of the options cannot be read.</exception>
    public ContentRulesDetector(ContentRulesOptions options)
    {
        _actions = ContentRuleTable.Actions(options);
        _scopes = new Dictionary<string, string[]>(options.Scopes, StringComparer.Ordinal);
        _knownBad = new KnownDigests(options.KnownBadSha256);
        _keys = new SignatureKeys(options.PublicKeys);
    }

    public string Id => PermanentId;

    public int StateVersion => 1;

    public long MemoryBytes => 200;

    public void Score(Record record, Finding finding)
    {
        if (Worst(record) is not { } broken)
            return;
        var action = _actions[(int)broken.Rule];
        var reject = action >= RuleAction.Reject;
        finding.Score = reject ? RejectScore : HoldScore;
        finding.Certain(broken.Rule.Id(), reject ? VerdictKind.Reject : VerdictKind.Hold);
        finding.Accuses = action == RuleAction.Quarantine;
    }

    public void Observe(Record record)
    {
    }

    public void Learn(Record record)
    {
    }

    public string? Explain(Record record, Finding finding) => Worst(record) is { } broken ? Sentence(record, broken) : null;

    public void Write(StateWriter writer)
    {
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw StateChecks.UnknownVersion(Id, version);
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    private Broken? Worst(Record record)
    {
        Broken? worst = null;
        Scan(record.Text, "text", ref worst);
        Scan(record.Label, "label", ref worst);
        Scan(record.Target, "target", ref worst);
        Scan(record.Tool, "tool", ref worst);
        var names = record.Attributes.Names;
        var values = record.Attributes.Values;
        for (var i = 0; i < values.Length; i++)
            Scan(values[i], names[i], ref worst);
        if (_scopes.Count > 0 && _scopes.TryGetValue(record.Identity, out var datasets)
            && Array.IndexOf(datasets, record.Dataset) < 0)
            Consider(new Broken(ContentRule.OutsideScope, "", null, default), ref worst);
        CheckDigest(record, ref worst);
        return worst;
    }

    private void Scan(string? text, string field, ref Broken? worst)
    {
        if (text is not null && !HiddenUnicode.IsPlain(text))
            ScanUnicode(text, field, ref worst);
    }

    private void ScanUnicode(string text, string field, ref Broken? worst)
    {
        Span<HiddenSign> signs = stackalloc HiddenSign[ContentRuleTable.Count];
        if (!HiddenUnicode.Scan(text, signs))
            return;
        for (var i = 0; i < signs.Length; i++)
        {
            if (signs[i].Count > 0)
                Consider(new Broken((ContentRule)i, field, text, signs[i]), ref worst);
        }
    }

    private void CheckDigest(Record record, ref Broken? worst)
    {
        if (record.Text is not { } text)
            return;
        var claimed = record.Provenance.TryGet("sha256", out var hex);
        var signed = _keys.Count > 0 && record.Provenance.TryGet("signature", out _);
        if (!claimed && !signed && _knownBad.Count == 0)
            return;
        Span<byte> digest = stackalloc byte[TextDigest.Bytes];
        Span<byte> claim = stackalloc byte[TextDigest.Bytes];
        TextDigest.Compute(text, digest);
        if (_knownBad.Contains(digest))
            Consider(new Broken(ContentRule.KnownBad, "text", null, default), ref worst);
        if (claimed && !(TextDigest.TryParse(hex, claim) && claim.SequenceEqual(digest)))
            Consider(new Broken(ContentRule.DigestMismatch, "text", null, default), ref worst);
        if (signed)
            CheckSignature(record.Provenance, digest, ref worst);
    }

    private void CheckSignature(FieldList<string> provenance, ReadOnlySpan<byte> digest, ref Broken? worst)
    {
        provenance.TryGet("signature", out var signature);
        if (!provenance.TryGet("key", out var key) || !_keys.Knows(key))
            Consider(new Broken(ContentRule.UnknownKey, "text", null, default), ref worst);
        else if (!_keys.Verifies(key, digest, signature!))
            Consider(new Broken(ContentRule.BadSignature, "text", null, default), ref worst);
    }

    // The heavier action wins, then the rule that comes first.
    private void Consider(in Broken broken, ref Broken? worst)
    {
        var action = _actions[(int)broken.Rule];
        if (action == RuleAction.Off)
            return;
        if (worst is not { } other || action > _actions[(int)other.Rule] || (action == _actions[(int)other.Rule] && broken.Rule < other.Rule))
            worst = broken;
    }

    private static string Sentence(Record record, in Broken broken) => broken.Rule switch
    {
        ContentRule.KnownBad => "the text's SHA-256 is on the list of known-bad hashes",
        ContentRule.DigestMismatch => "the text does not have the SHA-256 that its provenance states",
        ContentRule.OutsideScope => $"{Escaped.Around(record.Identity, 0)} may not write to dataset {Escaped.Around(record.Dataset, 0)}",
        ContentRule.BadSignature => "the signature does not verify with the key that the provenance names",
        ContentRule.UnknownKey => "signed, but with a key that is not known here",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{Noun(broken.Rule)} in {Escaped.Around(broken.Field, 0)}: {broken.Sign.Count} (the first U+{broken.Sign.CodePoint:X4} at {broken.Sign.Position}): "
            + $"{Escaped.Around(broken.Text!, broken.Sign.Position)}"),
    };

    private static string Noun(ContentRule rule) => rule switch
    {
        ContentRule.Tags => "hidden tag characters",
        ContentRule.BidiOverride => "text-direction overrides",
        ContentRule.Bidi => "misplaced text-direction controls",
        ContentRule.VariationPayload => "a hidden run of variation selectors",
        ContentRule.VariationSelectors => "misplaced variation selectors",
        ContentRule.Control => "control characters",
        _ => "invisible characters",
    };

    private readonly record struct Broken(ContentRule Rule, string Field, string? Text, HiddenSign Sign);
}
