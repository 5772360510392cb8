using System.Buffers;
using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;

namespace Assay.Detection.Tests.Conformance;

/// <summary>What every detector of the catalog owes: a new one is held to it by its mere presence.</summary>
public sealed class DetectorConformance
{
    // Enough to pass the anchor and a generation of every calibration.
    private const int Long = 12_000;

    public static TheoryData<string> Ids => [.. DetectorCatalog.All.Select(f => f.Id)];

    [Fact]
    public void Catalog_HasUniqueIdsInKebabCase()
    {
        var ids = DetectorCatalog.All.Select(f => f.Id).ToArray();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^[a-z]+(-[a-z]+)*$", id));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Create_GivesADetectorOfTheFactorysId(string id) => Assert.Equal(id, Run.Create(id).Id);

    [Theory, MemberData(nameof(Ids))]
    public void Score_WhenTheSameStreamIsRunTwice_GivesTheSame(string id)
    {
        var (first, second) = (Run.Create(id), Run.Create(id));
        Assert.Equal(Run.Mixed(first, 0, 3000), Run.Mixed(second, 0, 3000));
        Assert.Equal(Run.Snapshot(first), Run.Snapshot(second));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Read_WhenRestoredAtAnyPoint_GoesOnAsIfNeverInterrupted(string id)
    {
        foreach (var cut in new[] { 0, 1, 100, 600, 5000, Long - 1000 })
        {
            var uninterrupted = Run.Create(id);
            Run.Mixed(uninterrupted, 0, cut);
            var restored = Run.Restore(id, Run.Snapshot(uninterrupted));
            Assert.Equal(Run.Snapshot(uninterrupted), Run.Snapshot(restored));
            Assert.Equal(Run.Mixed(uninterrupted, cut, cut + 1000), Run.Mixed(restored, cut, cut + 1000));
            Assert.Equal(Run.Snapshot(uninterrupted), Run.Snapshot(restored));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Score_WhenRepeated_GivesTheSameAndChangesNoState(string id)
    {
        var detector = Run.Create(id);
        Run.Mixed(detector, 0, 3000);
        var before = Run.Snapshot(detector);
        var random = new Random(11);
        var record = new Record();
        var (once, twice) = (new Finding(), new Finding());
        for (var i = 3000; i < 3200; i++)
        {
            Streams.Mixed(random, i, record);
            once.Clear();
            detector.Score(record, once);
            detector.Explain(record, once);
            twice.Clear();
            detector.Score(record, twice);
            Assert.Equal((once.Score, once.Rule, once.RuleVerdict), (twice.Score, twice.Rule, twice.RuleVerdict));
            Assert.Equal(once.Evidence.ToArray(), twice.Evidence.ToArray());
        }

        Assert.Equal(before, Run.Snapshot(detector));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Score_IsFiniteAndNotNegative_AndARuleAsksForHoldOrReject(string id)
    {
        var detector = Run.Create(id);
        var record = new Record();
        var finding = new Finding();
        var random = new Random(3);
        for (var i = 0; i < 4000; i++)
        {
            if (i % 3 == 0)
                Streams.Hostile(i, record);
            else
                Streams.Mixed(random, i, record);
            Run.Step(detector, record, finding);
            Assert.InRange(finding.Score, 0, double.MaxValue);
            if (finding.Rule is not null)
                Assert.True(finding.RuleVerdict is VerdictKind.Hold or VerdictKind.Reject);
            foreach (var e in finding.Evidence.ToArray())
                Assert.True(e is { Value: >= 0 and < double.MaxValue, Weight: >= 0 and <= 1 });
        }

        Assert.Equal(Run.Snapshot(detector), Run.Snapshot(Run.Restore(id, Run.Snapshot(detector))));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Score_WhenTheRecordIsEmpty_SaysNothing(string id)
    {
        var detector = Run.Create(id);
        var finding = new Finding();
        for (var i = 0; i < 1000; i++)
            Assert.Equal((0, null), Run.Step(detector, new Record(), finding));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Learn_WhenNumbersAreNotFinite_StaysFinite(string id)
    {
        var detector = Run.Create(id);
        Run.Mixed(detector, 0, 1000);
        var record = new Record();
        var finding = new Finding();
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            record.Clear();
            record.Features.Add("age", value);
            (record.Target, record.Value, record.Tool, record.Reward) = ("t", value, "u", value);
            Run.Step(detector, record, finding);
            Assert.InRange(finding.Score, 0, double.MaxValue);
        }

        Assert.All(Run.Mixed(detector, 1000, 1500), r => Assert.InRange(r.Score, 0, double.MaxValue));
        Run.Restore(id, Run.Snapshot(detector));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Explain_WhenTheFindingSaysSomething_IsASentence(string id)
    {
        var detector = Run.Create(id);
        var record = new Record();
        var finding = new Finding();
        var random = new Random(5);
        for (var i = 0; i < 3000; i++)
        {
            Streams.Mixed(random, i, record);
            finding.Clear();
            detector.Score(record, finding);
            var sentence = detector.Explain(record, finding);
            Assert.Equal(finding.Score > 0 || finding.Rule is not null, !string.IsNullOrWhiteSpace(sentence));
            Assert.DoesNotContain(sentence ?? "", c => char.IsControl(c) || c is '\u200B' or '\u202E');
            detector.Observe(record);
            detector.Learn(record);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Describe_WritesOneJsonObject(string id)
    {
        var detector = Run.Create(id);
        foreach (var upTo in new[] { 0, 2000 })
        {
            Run.Mixed(detector, 0, upTo);
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
                detector.Describe(json);
            using var document = JsonDocument.Parse(buffer.WrittenMemory);
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Read_WhenBytesAreMissingOrChanged_ThrowsOnlyStateFormatException(string id)
    {
        var detector = Run.Create(id);
        Run.Mixed(detector, 0, 700);
        var state = Run.Snapshot(detector);
        var random = new Random(13);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = state[..(i % 2 == 0 ? state.Length : random.Next(state.Length + 1))];
            for (var flips = random.Next(4); flips > 0 && bytes.Length > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            TryRead(Run.Create(id), bytes);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Read_WhenTheStateEndsEarly_Throws(string id)
    {
        var detector = Run.Create(id);
        Run.Mixed(detector, 0, 700);
        var state = Run.Snapshot(detector);
        for (var length = 0; length < state.Length; length += 1 + state.Length / 300)
            Assert.False(TryRead(Run.Create(id), state[..length]), $"a state of {length} of {state.Length} bytes was read");
    }

    [Theory, MemberData(nameof(Ids))]
    public void Read_WhenTheVersionIsUnknown_Throws(string id)
    {
        var detector = Run.Create(id);
        var state = Run.Snapshot(detector);
        foreach (var version in new[] { 0, -1, detector.StateVersion + 1 })
        {
            Assert.Throws<StateFormatException>(() =>
            {
                var reader = new StateReader(state);
                Run.Create(id).Read(ref reader, version);
            });
        }
    }

    // Whether the bytes were read; a state that was must be usable.
    private static bool TryRead(IDetector detector, byte[] bytes)
    {
        try
        {
            var reader = new StateReader(bytes);
            detector.Read(ref reader, detector.StateVersion);
        }
        catch (StateFormatException)
        {
            return false;
        }

        var record = new Record();
        Streams.Mixed(new Random(1), 1, record);
        Run.Step(detector, record, new Finding());
        return true;
    }
}
