using System.Globalization;
using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Contracts.State;
using Assay.Detection.Statistics;

namespace Assay.Detection.Density;

/// <summary>
/// Outliers in numeric features: the sum of squared distances under independent Gaussians, once under a running model and once under an
/// anchor frozen early, each as chi-square digits calibrated on the source's own learned records; the larger one counts.
/// </summary>
public sealed class DensityDetector : IDetector
{
    public const string PermanentId = "density";

    private readonly DensityOptions _options;
    private readonly FieldSlots _slots;
    private readonly DiagonalGaussian _running = new();
    private readonly DiagonalGaussian _anchor = new();
    private readonly TailCalibration _runningTail;
    private readonly TailCalibration _anchorTail;
    private long _learned;

    // Of the record scored last, for the Learn that may follow it; no part of the state.
    private Record? _scored;
    private long _scoredOffset;
    private double _runningSurprise;
    private double _anchorSurprise;

    public DensityDetector(DensityOptions options)
    {
        _options = options;
        _slots = new FieldSlots(options.MaxFeatures);
        _runningTail = new TailCalibration(options.AnchorRecords, options.CalibrationRecords);
        _anchorTail = new TailCalibration(options.AnchorRecords, options.CalibrationRecords);
    }

    public string Id => PermanentId;

    public int StateVersion => 1;

    public long MemoryBytes =>
        160 + _slots.MemoryBytes + _running.MemoryBytes + _anchor.MemoryBytes + _runningTail.MemoryBytes + _anchorTail.MemoryBytes;

    private bool Anchored => _learned >= _options.AnchorRecords;

    public void Score(Record record, Finding finding)
    {
        _runningSurprise = Surprise(_running, record);
        _anchorSurprise = Anchored ? Surprise(_anchor, record) : 0;
        (_scored, _scoredOffset) = (record, record.Offset);
        finding.Score = Math.Max(_runningTail.Digits(_runningSurprise), _anchorTail.Digits(_anchorSurprise));
    }

    public void Observe(Record record)
    {
    }

    public void Learn(Record record)
    {
        var names = record.Features.Names;
        if (names.IsEmpty)
            return;
        LearnTails(record);
        _scored = null;
        var values = record.Features.Values;
        for (var i = 0; i < names.Length; i++)
        {
            var slot = _slots.FindOrAdd(i, names[i]);
            if (slot >= 0 && double.IsFinite(values[i]))
                _running.Add(slot, values[i], _options.MemoryRecords);
        }

        if (++_learned == _options.AnchorRecords)
        {
            _running.CopyTo(_anchor);
            _anchorTail.Adopt(_runningTail);
        }
    }

    public string? Explain(Record record, Finding finding)
    {
        if (finding.Score <= 0)
            return null;
        var anchored = Anchored && _anchorTail.Digits(Surprise(_anchor, record)) > _runningTail.Digits(Surprise(_running, record));
        var model = anchored ? _anchor : _running;
        var (worst, farthest) = (-1, -1.0);
        for (var i = 0; i < record.Features.Count; i++)
        {
            var slot = Judged(model, i, record.Features.Names[i]);
            if (slot < 0 || !double.IsFinite(record.Features.Values[i]))
                continue;
            var distance = model.SquaredDistance(slot, record.Features.Values[i]);
            if (distance > farthest)
                (worst, farthest) = (i, distance);
        }

        if (worst < 0)
            return null;
        var name = record.Features.Names[worst];
        var axis = _slots.Find(worst, name);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"numeric features as odd as {Rarity(finding.Score)} against the {(anchored ? "frozen anchor" : "running model")}; "
            + $"most of all {name} = {record.Features.Values[worst]:G6}, usually {model.Mean(axis):G4} ± {model.StandardDeviation(axis):G3}");
    }

    private static string Rarity(double digits) => digits < 9
        ? string.Create(CultureInfo.InvariantCulture, $"one record in {Math.Pow(10, digits):N0}")
        : "less than one record in a billion";

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)_learned);
        _slots.Write(writer);
        _running.Write(writer, _slots.Count);
        _anchor.Write(writer, _slots.Count);
        _runningTail.Write(writer);
        _anchorTail.Write(writer);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw StateChecks.UnknownVersion(Id, version);
        _scored = null;
        _learned = StateChecks.Count(ref reader);
        _slots.Read(ref reader);
        _running.Read(ref reader, _slots.Count);
        _anchor.Read(ref reader, _slots.Count);
        _runningTail.Read(ref reader);
        _anchorTail.Read(ref reader);
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("learned", _learned);
        json.WriteBoolean("anchored", Anchored);
        json.WritePropertyName("running");
        _running.Describe(json, _slots.Names);
        json.WritePropertyName("anchor");
        _anchor.Describe(json, _slots.Names);
        json.WritePropertyName("running_tail");
        _runningTail.Describe(json);
        json.WritePropertyName("anchor_tail");
        _anchorTail.Describe(json);
        json.WriteEndObject();
    }

    // Chi-square digits over the features that the record has and the model has seen often enough; 0 without any.
    private double Surprise(DiagonalGaussian model, Record record)
    {
        var names = record.Features.Names;
        var values = record.Features.Values;
        var (sum, degrees) = (0.0, 0);
        for (var i = 0; i < names.Length; i++)
        {
            var slot = Judged(model, i, names[i]);
            if (slot < 0 || !double.IsFinite(values[i]))
                continue;
            sum += model.SquaredDistance(slot, values[i]);
            degrees++;
        }

        return degrees == 0 ? 0 : ChiSquareTail.Digits(sum, degrees);
    }

    private int Judged(DiagonalGaussian model, int position, string name)
    {
        var slot = _slots.Find(position, name);
        return slot >= 0 && model.Weight(slot) >= _options.WarmUpRecords ? slot : FieldSlots.None;
    }

    private void LearnTails(Record record)
    {
        if (_learned < _options.WarmUpRecords)
            return;
        var known = ReferenceEquals(_scored, record) && _scoredOffset == record.Offset;
        _runningTail.Learn(known ? _runningSurprise : Surprise(_running, record));
        if (Anchored)
            _anchorTail.Learn(known ? _anchorSurprise : Surprise(_anchor, record));
    }
}
