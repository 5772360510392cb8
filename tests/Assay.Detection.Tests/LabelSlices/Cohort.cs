using System.Globalization;
using Assay.Contracts.Evidence;
using Assay.Detection.LabelSlices;
using Assay.Detection.Reference;

namespace Assay.Detection.Tests.LabelSlices;

/// <summary>Writers of one shard with three attributes and a number, a label that depends on them, and M by the formula of DETECTION §2a.</summary>
internal sealed class Cohort
{
    private const int Tick = 500;

    private readonly int _writers;
    private readonly Random _random;
    private readonly LabelTrainer _trainer = new(new LabelReferenceOptions());
    private readonly Dictionary<(string, int), double> _mass = [];
    private readonly Record _record = new();
    private readonly Finding _finding = new();
    private long _offset;

    public Cohort(int writers, int seed, LabelSlicesOptions? options = null)
    {
        _writers = writers;
        _random = new Random(seed);
        Detector = new LabelSlicesDetector(options ?? new LabelSlicesOptions());
        Detector.Use(LabelReference.Empty, "shard");
    }

    public LabelSlicesDetector Detector { get; set; }

    /// <summary>The view in use.</summary>
    public LabelReference View { get; private set; } = LabelReference.Empty;

    /// <summary>Log odds that a writer adds to every record of a colour, e.g. an honest difference.</summary>
    public Func<int, string, double> Difference { get; set; } = (_, _) => 0;

    /// <summary>Whether the writer turns this positive.</summary>
    public Func<int, string, bool> Flips { get; set; } = (_, _) => false;

    public Finding Finding => _finding;

    public Record Next(int writer)
    {
        string[] colours = ["red", "green", "blue", "grey"];
        string[] sizes = ["s", "m", "l"];
        var colour = colours[_random.Next(4)];
        var size = sizes[_random.Next(3)];
        var amount = Math.Exp(_random.NextDouble() * 3);
        var z = -0.5 + (colour == "red" ? 0.8 : 0) + (size == "l" ? -0.7 : 0) + (0.05 * amount) + Difference(writer, colour);
        var positive = _random.NextDouble() < 1 / (1 + Math.Exp(-z)) && !Flips(writer, colour);
        _record.Clear();
        _record.Identity = _record.Source = string.Create(CultureInfo.InvariantCulture, $"w{writer}");
        _record.Offset = _offset++;
        _record.Id = _record.Offset.ToString(CultureInfo.InvariantCulture);
        _record.Label = positive ? "fraud" : "fine";
        _record.Attributes.Add("colour", colour);
        _record.Attributes.Add("size", size);
        _record.Attributes.Add("day", $"d{_random.Next(7)}");
        _record.Features.Add("amount", amount);
        return _record;
    }

    /// <summary>One record of a writer drawn at random through score, observe and learn.</summary>
    /// <returns>Its writer and the writer's M.</returns>
    public (string Identity, double Mass) Step()
    {
        var record = Next(_random.Next(_writers));
        if (_offset % Tick == 0)
            Turn();
        _finding.Clear();
        Detector.Score(record, _finding);
        foreach (var e in _finding.Evidence)
        {
            var key = (record.Identity, e.Slot);
            _mass[key] = (_mass.GetValueOrDefault(key) + e.Weight) * e.Value;
        }

        var mass = _finding.Count == 0 ? 0 : Mass(record.Identity);
        Detector.Observe(record);
        if (mass < 10_000)
            Detector.Learn(record);
        return (record.Identity, mass);
    }

    public void Reset(string identity)
    {
        foreach (var key in _mass.Keys.Where(k => k.Item1 == identity).ToArray())
            _mass.Remove(key);
        Detector.Reset(identity);
    }

    public int HeaviestSlot(string identity) => _mass.Where(m => m.Key.Item1 == identity).MaxBy(m => m.Value).Key.Item2;

    public void Turn()
    {
        _trainer.Apply(Detector.Contribute("shard"));
        View = _trainer.Publish();
        Detector.Use(View, "shard");
    }

    private double Mass(string identity)
    {
        var sum = 0.0;
        foreach (var (key, mass) in _mass)
        {
            if (key.Item1 == identity)
                sum += mass;
        }

        return sum;
    }
}
