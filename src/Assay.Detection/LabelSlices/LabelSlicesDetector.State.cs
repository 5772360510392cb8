using System.Globalization;
using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Contracts.State;

namespace Assay.Detection.LabelSlices;

public sealed partial class LabelSlicesDetector
{
    private const int Shown = 20;

    // The slice of all records is the first that a writer has.
    private const int AllRecords = 0;

    public int StateVersion => 2;

    /// <summary>The view is not part of the state: whoever restores it calls <see cref="Use"/> with the version that the state was at.</summary>
    public void Write(StateWriter writer)
    {
        _writers.Write(writer);
        _pending.Write(writer);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version is < 1 or > 2)
            throw new StateFormatException($"{DetectorId}: state of version {version}; this program reads versions 1 and 2");
        _writers.Read(ref reader, version);
        _pending.Read(ref reader);
        _judged = _observed = Nothing;
    }

    /// <summary>What a slot of an identity bets on, e.g. <c>occupation=Exec-managerial</c>; null where the detector no longer knows it.</summary>
    public string? Subject(string identity, int slot) =>
        TryFind(identity, slot, out var writer, out var cell) ? _writers.NameOf(writer.Slices.Hash(cell)).Text : null;

    /// <summary>
    /// How much a slot's slice is worth naming, in natural logarithms: 1.5, but less the nearer the slice comes to holding all of the writer's labels that
    /// could be turned (from two thirds of them on), since such slices collect the evidence of whichever is attacked; and 1.5 less for a range of numbers.
    /// 0 for an unknown slot.
    /// </summary>
    public double Preference(string identity, int slot)
    {
        const double Weight = 1.5;
        const double Narrow = 1.0 / 3;
        if (!TryFind(identity, slot, out var writer, out var cell))
            return 0;
        var missing = IsMissing(slot);
        var rest = 1 - (AtStake(writer.Slices[cell], missing) / Math.Max(1, AtStake(writer.Slices[AllRecords], missing)));
        return (Weight * Math.Min(1, rest / Narrow)) - (_writers.NameOf(writer.Slices.Hash(cell)).IsRange ? Weight : 0);
    }

    /// <summary>The evidence of a slot in a sentence with counts; null where the detector no longer knows it.</summary>
    public string? Sentence(string identity, int slot)
    {
        if (!TryFind(identity, slot, out var writer, out var cell))
            return null;
        var missing = IsMissing(slot);
        ref var slice = ref writer.Slices[cell];
        var direction = missing ? slice.Missing : slice.Appearing;
        var where = _writers.NameOf(writer.Slices.Hash(cell)).Text;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"label {View.Positive} {(missing ? "is going missing" : "is turning up")} where {where}: {direction.Positives:0} of {direction.Records:0} records, {direction.Expected:0.0} expected by the writer's own past");
    }

    /// <summary>What would be seen of positives going missing, slice by slice, and null where a slice is not monitored.</summary>
    /// <param name="threshold">A.</param>
    public IEnumerable<KeyValuePair<string, SmallestAttack?>> Monitoring(string identity, double threshold)
    {
        if (_writers.Find(identity) is not { } writer)
            yield break;
        var bets = 0;
        for (var i = 0; i < writer.Slices.Count; i++)
            bets += RecordSlices.IsBetOn(writer.Slices.Hash(i)) && writer.Slices[i].Records > options.MinSliceRecords ? 1 : 0;
        for (var i = 0; i < writer.Slices.Count; i++)
        {
            if (!RecordSlices.IsBetOn(writer.Slices.Hash(i)))
                continue;
            var cell = writer.Slices[i];
            var needed = Math.Log(threshold * Math.Max(1, Math.Min(bets, options.MaxColumns)) * Directions * SubjectSlots);
            yield return new KeyValuePair<string, SmallestAttack?>(
                _writers.NameOf(writer.Slices.Hash(i)).Text,
                SmallestAttack.Of(cell.Records, cell.Positives, cell.Precision, options.MinSliceLabels, needed));
        }
    }

    public string? Explain(Record record, Finding finding)
    {
        if (finding.Score <= 0)
            return null;
        var rarity = Math.Pow(10, -finding.Score);
        return string.Create(CultureInfo.InvariantCulture, $"label {record.Label} where {rarity:0.0%} would be expected of this writer");
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("writers", _writers.Writers.Count);
        json.WriteNumber("pending", _pending.Count);
        json.WriteNumber("view", View.Version);
        json.WriteNumber("unmonitored", Unmonitored);
        json.WriteStartArray("largest");
        foreach (var writer in _writers.Writers.OrderByDescending(w => w.Records).ThenBy(w => w.Identity, StringComparer.Ordinal).Take(Shown))
        {
            json.WriteStartObject();
            json.WriteString("identity", writer.Identity);
            json.WriteNumber("records", writer.Records);
            json.WriteNumber("slices", writer.Slices.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static float AtStake(in SliceCell cell, bool missing) => missing ? cell.Positives : cell.Negatives;

    private static bool IsMissing(int slot) => slot / SliceJudgement.Rates.Length % Directions == 0;

    private bool TryFind(string identity, int slot, out WriterState writer, out int cell)
    {
        writer = _writers.Find(identity)!;
        cell = slot / (Directions * SliceJudgement.Rates.Length);
        return writer is not null && slot >= 0 && cell < writer.Slices.Count;
    }
}
