using System.Globalization;
using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;
using Assay.Detection.Statistics;

namespace Assay.Detection.Volume;

/// <summary>
/// Duplicate ids, repeated contents and bursts of the source or of one identity, each against what is usual here: a source whose contents
/// often repeat gets next to nothing for a repeat, and rates abstain while append time stands still.
/// </summary>
public sealed class VolumeDetector : IDetector
{
    public const string PermanentId = "volume";

    /// <summary>Rule: the record's own id was seen before in this shard.</summary>
    public const string DuplicateRule = "duplicate";

    /// <summary>Score of a record that breaks <see cref="DuplicateRule"/>, in digits.</summary>
    public const double RuleScore = 6;

    // Rarer than one record in 100, or nothing to say: so that what is usual here does not shuffle the other detectors' scores.
    private const double Quiet = 2;

    private const int EarlyRecords = 512, GenerationRecords = 8192;

    private readonly VolumeOptions _options;
    private readonly BurstClock _clock;
    private readonly RecentSet _ids;
    private readonly RecentSet _contents;
    private readonly IdentityRates _identities;
    private readonly TailCalibration _sourceTail = new(EarlyRecords, GenerationRecords);
    private readonly TailCalibration _identityTail = new(EarlyRecords, GenerationRecords);
    private RepeatShare _repeats;
    private ArrivalRate _source;

    // Of the record observed last, for the Learn that may follow it; no part of the state.
    private bool _lastWasRepeat;

    public VolumeDetector(VolumeOptions options)
    {
        _options = options;
        _clock = BurstClock.Of(options);
        _ids = new RecentSet(options.WindowRecords);
        _contents = new RecentSet(options.WindowRecords);
        _identities = new IdentityRates(options.MaxIdentities);
    }

    public string Id => PermanentId;

    public int StateVersion => 1;

    public long MemoryBytes =>
        300 + _ids.MemoryBytes + _contents.MemoryBytes + _identities.MemoryBytes + _sourceTail.MemoryBytes + _identityTail.MemoryBytes;

    public void Score(Record record, Finding finding)
    {
        var signs = Judge(record);
        finding.Score = signs.Score;
        if (signs.Duplicate)
            finding.Certain(DuplicateRule, _options.DuplicateVerdict);
    }

    public void Observe(Record record)
    {
        if (record.HasOwnId)
            _ids.Add(BoundedKey.Hash(record.Id));
        _lastWasRepeat = ContentKey.TryOf(record, out var content) && !_contents.Add(content);
        _repeats.Observe(_lastWasRepeat);
        _source.Observe(record.AppendTimeMs, _clock);
        if (WritesForItself(record))
            _identities.Observe(BoundedKey.Hash(record.Identity), record.AppendTimeMs, _clock);
    }

    public void Learn(Record record)
    {
        _repeats.Learn(_lastWasRepeat, _options.MemoryRecords);
        _sourceTail.Learn(_source.Digits(_clock));
        _source.Learn();
        if (WritesForItself(record) && _identities.Learn(BoundedKey.Hash(record.Identity), _clock, out var digits))
            _identityTail.Learn(digits);
    }

    public string? Explain(Record record, Finding finding)
    {
        var signs = Judge(record);
        if (signs.Duplicate)
            return "a record with this id has come before";
        if (signs.Score <= 0)
            return null;
        if (signs.Repeat >= signs.Score)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"content seen before; {_repeats.Recent:P1} of the latest records repeat earlier ones, usually {_repeats.Usual:P1}");
        var byIdentity = signs.Identity >= signs.Source;
        var rate = byIdentity && _identities.TryGet(BoundedKey.Hash(record.Identity), out var own) ? own : _source;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"burst of {(byIdentity ? "the identity" : "the source")}: {rate.Count(record.AppendTimeMs, _clock):0} records in about "
            + $"{1 / _clock.BurstPerMs / 1000:0.#} s, usually {rate.Expected(_clock):0.#}");
    }

    public void Write(StateWriter writer)
    {
        _ids.Write(writer);
        _contents.Write(writer);
        _repeats.Write(writer);
        _source.Write(writer);
        _identities.Write(writer);
        _sourceTail.Write(writer);
        _identityTail.Write(writer);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw StateChecks.UnknownVersion(Id, version);
        _ids.Read(ref reader);
        _contents.Read(ref reader);
        _repeats = RepeatShare.Read(ref reader);
        _source = ArrivalRate.Read(ref reader);
        _identities.Read(ref reader);
        _sourceTail.Read(ref reader);
        _identityTail.Read(ref reader);
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("ids", _ids.Count);
        json.WriteNumber("contents", _contents.Count);
        json.WritePropertyName("repeats");
        _repeats.Describe(json);
        json.WriteNumber("usual_per_burst_window", _source.Expected(_clock));
        json.WriteNumber("identities", _identities.Count);
        json.WriteEndObject();
    }

    // Where the profile names no identity the source's rate says it all.
    private static bool WritesForItself(Record record) => !string.Equals(record.Identity, record.Source, StringComparison.Ordinal);

    private Signs Judge(Record record)
    {
        var duplicate = _options.DuplicateVerdict != VerdictKind.Admit && record.HasOwnId && _ids.Contains(BoundedKey.Hash(record.Id));
        var repeat = ContentKey.TryOf(record, out var content) && _contents.Contains(content) ? _repeats.Digits() : 0;
        var source = Tempered(_sourceTail, _source.Digits(record.AppendTimeMs, _clock));
        var identity = WritesForItself(record) && _identities.TryGet(BoundedKey.Hash(record.Identity), out var rate)
            ? Tempered(_identityTail, rate.Digits(record.AppendTimeMs, _clock))
            : 0;
        return new Signs(duplicate, repeat, source, identity);
    }

    // A source that is usually bursty is forgiven; a steady one is not accused of its small fluctuations.
    private static double Tempered(TailCalibration tail, double digits) => Math.Min(digits, tail.Digits(digits));

    private readonly record struct Signs(bool Duplicate, double Repeat, double Source, double Identity)
    {
        public double Score => Duplicate ? Math.Max(RuleScore, Statistics) : Statistics >= Quiet ? Statistics : 0;

        private double Statistics => Math.Max(Repeat, Math.Max(Source, Identity));
    }
}
