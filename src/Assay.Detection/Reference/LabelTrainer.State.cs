using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Detection.Reference;

public sealed partial class LabelTrainer : IStateSection
{
    public int StateVersion => 1;

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)_version);
        writer.Varint((ulong)_examples);
        writer.NullableString(_positive);
        writer.Varint((ulong)_owners.Count);
        foreach (var (owner, share) in _owners)
        {
            writer.String(owner);
            writer.Int32(share.Fold);
            writer.Double(share.Volume);
            writer.Double(share.Score);
            writer.Double(share.Information);
            writer.Int64(share.Seen);
        }

        WriteCounts(writer, _applied);
        WriteCounts(writer, _labels);
        writer.Varint((ulong)_residuals.Count);
        foreach (var ((shard, owner), sum) in _residuals.OrderBy(r => r.Key.Shard, StringComparer.Ordinal).ThenBy(r => r.Key.Owner, StringComparer.Ordinal))
        {
            writer.String(shard);
            writer.String(owner);
            writer.Double(sum.Score);
            writer.Double(sum.Information);
        }

        writer.Array<double>(_levels);
        writer.Varint((ulong)_models.Length);
        foreach (var model in _models)
            model.Write(writer);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"label reference of version {version}; this program reads version 1");
        _version = (long)reader.Varint();
        _examples = (long)reader.Varint();
        _positive = reader.NullableString();
        _owners.Clear();
        var owners = reader.Length(27);
        for (var i = 0; i < owners; i++)
        {
            var owner = reader.String();
            var fold = reader.Int32();
            if (fold < 0 || fold >= _models.Length)
                throw new StateFormatException($"owner '{owner}' in fold {fold} of {_models.Length}");
            var share = new OwnerShare(fold);
            share.Restore(reader.Double(), reader.Double(), reader.Double(), reader.Int64());
            _owners[owner] = share;
        }

        CountEstablished();

        ReadCounts(ref reader, _applied);
        ReadCounts(ref reader, _labels);
        _residuals.Clear();
        var residuals = reader.Length(18);
        for (var i = 0; i < residuals; i++)
            _residuals[(reader.String(), reader.String())] = new OwnerResidual(0, reader.Double(), reader.Double());
        var levels = reader.Array<double>();
        if (levels.Length != _levels.Length || !levels.All(l => l > 0))
            throw new StateFormatException($"volume levels of {levels.Length} folds, {_levels.Length} expected above 0");
        levels.CopyTo(_levels, 0);
        var models = reader.Varint();
        if (models != (ulong)_models.Length)
            throw new StateFormatException($"{models} folds in the state, {_models.Length} in the settings");
        foreach (var model in _models)
            model.Read(ref reader);
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", _version);
        json.WriteNumber("examples", _examples);
        json.WriteString("positive", _positive);
        json.WriteNumber("owners", _owners.Count);
        json.WriteNumber("shards", _applied.Count);
        json.WriteEndObject();
    }

    private static void WriteCounts(StateWriter writer, SortedDictionary<string, long> counts)
    {
        writer.Varint((ulong)counts.Count);
        foreach (var (name, count) in counts)
        {
            writer.String(name);
            writer.Varint((ulong)count);
        }
    }

    private static void ReadCounts(ref StateReader reader, SortedDictionary<string, long> counts)
    {
        counts.Clear();
        var length = reader.Length(2);
        for (var i = 0; i < length; i++)
            counts[reader.String()] = (long)reader.Varint();
    }
}
