using System.Globalization;
using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Detection.LabelSlices;
using Assay.Detection.Reference;
using Assay.Trust.Ledger;

namespace Assay.Evaluation.Bound;

/// <summary>
/// Writers with three attributes and a number, a label that depends on them and on who writes, and <c>label-slices</c> with its reference as
/// the product has them: one detector a shard, a view every 500 records of the cohort.
/// </summary>
public sealed class LabelStream : ICleanStream
{
    private const int Tick = 500;
    private const double HonestDifference = 0.4;

    private static readonly string[] Colours = ["red", "green", "blue", "grey"];
    private static readonly string[] Sizes = ["s", "m", "l"];
    private static readonly string[] Days = ["d0", "d1", "d2", "d3", "d4", "d5", "d6"];

    private readonly Random _random;
    private readonly LabelTrainer _trainer = new(new LabelReferenceOptions());
    private readonly Record _record = new();
    private LabelSlicesDetector[] _detectors = [];
    private Writer[] _writers = [];
    private long _records;
    private int _shard;

    public LabelStream(int seed) => _random = new Random(seed);

    public int Writers { get; init; } = 8;

    public int Shards { get; init; } = 1;

    /// <summary>A of the fleet; a writer with a tenth of it is not learned from.</summary>
    public required double Threshold { get; init; }

    /// <summary>Records before any are counted.</summary>
    public long Uncounted { get; init; }

    /// <summary>Autocorrelation of the normal number behind a writer's labels. Whatever it is, P(label | record) is the same.</summary>
    public double LabelPhi { get; init; }

    /// <summary>Probability that a writer's record repeats the fields of its last.</summary>
    public double FieldPhi { get; init; }

    /// <summary>Share of the positive labels of every second writer that are turned, from the first record on. Those writers are not counted.</summary>
    public double Contaminated { get; init; }

    /// <summary>Start mass by posture, and who writes next; null for 1, and anybody.</summary>
    public Posture? Posture { get; init; }

    /// <summary>Bets on one in so many records of a writer; the others are learned from all the same.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Whether a counted writer turns a positive label of this colour; null for never.</summary>
    public Func<long, int, string, bool>? Turns { get; init; }

    public IReadOnlyList<LedgerDetector> Detectors { get; } = [new(LabelSlicesDetector.DetectorId, LabelSlicesDetector.SubjectSlots)];

    public StreamedRecord Next(ReadOnlySpan<Finding> findings)
    {
        if (_records == 0)
            Begin();
        else if (_records % Tick == 0)
            Turn();
        var (number, gamma) = Posture?.Next(_random) ?? (_random.Next(Writers), 1);
        var writer = _writers[number];
        _shard = _random.Next(Shards);
        if (writer.Colour is null || FieldPhi == 0 || _random.NextDouble() >= FieldPhi)
            (writer.Colour, writer.Size, writer.Day, writer.Amount) = (Any(Colours), Any(Sizes), Any(Days), Math.Exp(_random.NextDouble() * 3));
        var z = -0.5 + (writer.Colour == "red" ? 0.8 : 0) + (writer.Size == "l" ? -0.7 : 0) + (0.05 * writer.Amount) + writer.Difference
            + (writer.Colour == "blue" ? writer.SliceDifference : 0);
        _records++;
        var positive = Normal.Below(writer.Labels.Next()) < 1 / (1 + Math.Exp(-z));
        var clean = Contaminated == 0 || number % 2 == 0;
        if (positive && (clean ? Turns?.Invoke(_records, number, writer.Colour) ?? false : _random.NextDouble() < Contaminated))
            positive = false;
        Fill(writer, positive);
        var detector = _detectors[_shard];
        detector.Score(_record, findings[0]);
        if (++writer.Records % Every != 0)
            findings[0].Clear();
        return new StreamedRecord(writer.Name, _shard, gamma, clean && _records > Uncounted);
    }

    public void After(double mass)
    {
        Posture?.After(mass);
        _detectors[_shard].Observe(_record);
        if (mass < Threshold / 10)
            _detectors[_shard].Learn(_record);
    }

    public void Reset(int shard, string identity) => _detectors[shard].Reset(identity);

    private static string ShardName(int shard) => string.Create(CultureInfo.InvariantCulture, $"shard-{shard}");

    private void Begin()
    {
        _detectors = [.. Enumerable.Range(0, Shards).Select(_ => new LabelSlicesDetector(new LabelSlicesOptions()))];
        foreach (var detector in _detectors)
            detector.Use(LabelReference.Empty, "");
        _writers = [.. Enumerable.Range(0, Writers).Select(w => new Writer(w, LabelPhi, _random))];
        foreach (var writer in _writers)
            (writer.Difference, writer.SliceDifference) = (HonestDifference * Normal.Draw(_random), HonestDifference * Normal.Draw(_random));
    }

    private void Turn()
    {
        for (var s = 0; s < Shards; s++)
            _trainer.Apply(_detectors[s].Contribute(ShardName(s)));
        var view = _trainer.Publish();
        for (var s = 0; s < Shards; s++)
            _detectors[s].Use(view, ShardName(s));
    }

    private void Fill(Writer writer, bool positive)
    {
        _record.Clear();
        _record.Identity = _record.Source = writer.Name;
        _record.Offset = _records;
        _record.Id = writer.Name;
        _record.Label = positive ? "fraud" : "fine";
        _record.Attributes.Add("colour", writer.Colour!);
        _record.Attributes.Add("size", writer.Size);
        _record.Attributes.Add("day", writer.Day);
        _record.Features.Add("amount", writer.Amount);
    }

    private string Any(string[] values) => values[_random.Next(values.Length)];

    private sealed class Writer(int number, double phi, Random random)
    {
        public string Name { get; } = WriterNames.Of(number);

        public Autoregression Labels { get; } = new(phi, random);

        /// <summary>Log odds by which it differs from the others on every record.</summary>
        public double Difference { get; set; }

        /// <summary>Log odds by which it differs where the colour is blue.</summary>
        public double SliceDifference { get; set; }

        public long Records { get; set; }

        public string? Colour { get; set; }

        public string Size { get; set; } = "";

        public string Day { get; set; } = "";

        public double Amount { get; set; }
    }
}
