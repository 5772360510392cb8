using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;
using Assay.Detection;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Grains.Tests.Sources;

/// <summary>Takes the record's feature for its e-value; an id that begins with "sign" is a certain sign that accuses.</summary>
internal sealed class BetDetector : IEvidenceDetector
{
    public const string Rule = "bad-signature";

    public string Id => "bet";

    public int StateVersion => 1;

    public int SubjectSlots => 1;

    public long MemoryBytes => 0;

    public static DetectorSet Set { get; } = new([new KeyValuePair<IDetectorFactory, object>(new Factory(), new Options())]);

    public void Score(Record record, Finding finding)
    {
        if (record.Features.TryGet("x", out var value))
            finding.Add(0, value, 1);
        if (!record.Id.StartsWith("sign", StringComparison.Ordinal))
            return;
        finding.Certain(Rule, VerdictKind.Hold);
        finding.Accuses = true;
    }

    public void Observe(Record record)
    {
    }

    public void Learn(Record record)
    {
    }

    public string? Explain(Record record, Finding finding) => finding.Rule is null ? null : "not signed with its key";

    public void Reset(string identity)
    {
    }

    public string? Subject(string identity, int slot) => "bets";

    public string? Sentence(string identity, int slot) => "it loses its bets";

    public double Preference(string identity, int slot) => 0;

    public void Write(StateWriter writer)
    {
    }

    public void Read(ref StateReader reader, int version)
    {
    }

    public void Describe(Utf8JsonWriter json) => json.WriteNullValue();

    internal sealed class Options;

    private sealed class Factory : DetectorFactory<Options>
    {
        public override string Id => "bet";

        protected override IDetector Create(Options options) => new BetDetector();
    }
}
