using System.Text.Json;
using Assay.Contracts.Records;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;

namespace Assay.Detection.Statistics;

/// <summary>
/// What a source has sent, for people and for later detectors: counts, moments of each feature, the scores' distribution, the most frequent
/// labels and attribute values, arrival rates, and the span of event times. Of every record that could be read, whatever its verdict.
/// </summary>
/// <remarks>
/// Bounded: <see cref="MaxFeatures"/> features and <see cref="MaxAttributes"/> attributes by name, first come first kept. Attribute values are
/// counted for one in <see cref="AttributeSampling"/> (record, attribute) pairs, chosen by a fixed hash of the record's number.
/// </remarks>
public sealed class SourceStatistics : IStateSection
{
    public const int MaxFeatures = 256;

    public const int MaxAttributes = 64;

    public const int AttributeSampling = 8;

    private static readonly TimeSpan[] _halfLives = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), TimeSpan.FromHours(2)];

    private readonly long[] _verdicts = new long[(int)VerdictKind.DeadLetter + 1];
    private readonly FieldSlots _features = new(MaxFeatures);
    private readonly FieldSlots _attributes = new(MaxAttributes);
    private readonly List<HeavyHitters> _attributeValues = [];
    private readonly QuantileSketch _scores = new();
    private readonly HeavyHitters _labels = new(32);
    private readonly RateMeter _arrivals = new(_halfLives);
    private RunningMoments[] _moments = new RunningMoments[8];
    private long _firstEventMs = long.MaxValue;
    private long _lastEventMs = long.MinValue;

    public int StateVersion => 1;

    /// <summary>Records so far, unreadable ones included.</summary>
    public long Records => _verdicts.Sum();

    /// <summary>The distribution of <see cref="Verdict.Score"/>.</summary>
    public QuantileSketch Scores => _scores;

    /// <summary>Arrivals by Kafka's append time.</summary>
    public RateMeter Arrivals => _arrivals;

    public HeavyHitters Labels => _labels;

    public long MemoryBytes =>
        400 + _features.MemoryBytes + _attributes.MemoryBytes + 40L * _moments.Length + _scores.MemoryBytes + _labels.MemoryBytes
        + _arrivals.MemoryBytes + _attributeValues.Sum(v => v.MemoryBytes);

    public long CountOf(VerdictKind kind) => _verdicts[(int)kind];

    /// <summary>Moments of a feature over the records that had it; empty moments for a name that is not kept.</summary>
    public RunningMoments Feature(string name)
    {
        var slot = _features.Find(int.MaxValue, name);
        return slot < 0 ? default : _moments[slot];
    }

    /// <summary>Counts a record that was read and judged.</summary>
    /// <param name="score">The record's suspicion, as in its verdict.</param>
    public void Observe(Record record, VerdictKind verdict, double score)
    {
        _verdicts[(int)verdict]++;
        _arrivals.Add(record.AppendTimeMs);
        _scores.Add(score);
        if (record.Label is { } label)
            _labels.Add(label);
        if (record.EventTime is { } time)
        {
            var ms = time.ToUnixTimeMilliseconds();
            _firstEventMs = Math.Min(_firstEventMs, ms);
            _lastEventMs = Math.Max(_lastEventMs, ms);
        }

        AddFeatures(record.Features);
        AddAttributes(record.Attributes);
    }

    /// <summary>Counts a message that could not be read.</summary>
    public void ObserveUnreadable(long appendTimeMs)
    {
        _verdicts[(int)VerdictKind.DeadLetter]++;
        _arrivals.Add(appendTimeMs);
    }

    public void Write(StateWriter writer)
    {
        writer.Array<long>(_verdicts);
        writer.Int64(_firstEventMs);
        writer.Int64(_lastEventMs);
        _arrivals.Write(writer);
        _scores.Write(writer);
        _labels.Write(writer);
        _features.Write(writer);
        for (var i = 0; i < _features.Count; i++)
            _moments[i].Write(writer);
        _attributes.Write(writer);
        foreach (var values in _attributeValues)
            values.Write(writer);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw StateChecks.UnknownVersion("source statistics", version);
        var verdicts = reader.Array<long>();
        if (verdicts.Length != _verdicts.Length || Array.Exists(verdicts, c => c is < 0 or > 1L << 53))
            throw new StateFormatException("verdict counts out of range");
        verdicts.CopyTo(_verdicts, 0);
        _firstEventMs = reader.Int64();
        _lastEventMs = reader.Int64();
        _arrivals.Read(ref reader);
        _scores.Read(ref reader);
        _labels.Read(ref reader);
        _features.Read(ref reader);
        _moments = new RunningMoments[Math.Max(8, _features.Count)];
        for (var i = 0; i < _features.Count; i++)
            _moments[i] = RunningMoments.Read(ref reader);
        _attributes.Read(ref reader);
        _attributeValues.Clear();
        for (var i = 0; i < _attributes.Count; i++)
        {
            var values = NewAttribute();
            values.Read(ref reader);
        }
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("records", Records);
        json.WriteStartObject("verdicts");
        for (var kind = VerdictKind.Admit; kind <= VerdictKind.DeadLetter; kind++)
            json.WriteNumber(kind.Name(), CountOf(kind));
        json.WriteEndObject();
        json.WritePropertyName("arrivals");
        _arrivals.Describe(json);
        if (_firstEventMs <= _lastEventMs)
        {
            json.WriteNumber("first_event_ms", _firstEventMs);
            json.WriteNumber("last_event_ms", _lastEventMs);
        }

        json.WritePropertyName("scores");
        _scores.Describe(json);
        json.WritePropertyName("labels");
        _labels.Describe(json);
        json.WriteStartObject("features");
        for (var i = 0; i < _features.Count; i++)
        {
            json.WritePropertyName(_features.Names[i]);
            _moments[i].Describe(json);
        }

        json.WriteEndObject();
        json.WriteStartObject("attributes");
        for (var i = 0; i < _attributes.Count; i++)
        {
            json.WritePropertyName(_attributes.Names[i]);
            _attributeValues[i].Describe(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void AddFeatures(FieldList<double> features)
    {
        var names = features.Names;
        var values = features.Values;
        for (var i = 0; i < names.Length; i++)
        {
            var slot = _features.FindOrAdd(i, names[i]);
            if (slot < 0)
                continue;
            if (slot >= _moments.Length)
                Array.Resize(ref _moments, Math.Min(MaxFeatures, 2 * _moments.Length));
            _moments[slot].Add(values[i]);
        }
    }

    private void AddAttributes(FieldList<string> attributes)
    {
        var names = attributes.Names;
        var values = attributes.Values;
        var salt = (ulong)_arrivals.Count * 0x9E3779B97F4A7C15;
        for (var i = 0; i < names.Length; i++)
        {
            if (((salt + (ulong)i * 0xD1B54A32D192ED03) >> 40) % AttributeSampling != 0)
                continue;
            var slot = _attributes.FindOrAdd(i, names[i]);
            if (slot >= 0)
                (slot < _attributeValues.Count ? _attributeValues[slot] : NewAttribute()).Add(values[i]);
        }
    }

    private HeavyHitters NewAttribute()
    {
        var values = new HeavyHitters(16);
        _attributeValues.Add(values);
        return values;
    }
}
