using Assay.Contracts.State;

namespace Assay.Detection.LabelSlices;

/// <summary>
/// The writers of a shard, within the cap on slices. When a new writer does not fit, the one with the fewest records among a few candidates
/// is forgotten; a slice that does not fit is not monitored.
/// </summary>
internal sealed class WriterTable(LabelSlicesOptions options)
{
    private const int Candidates = 8;
    private const int BytesOfSlice = 116;
    private const int BytesOfName = 120;

    // A writer's base takes about as much as so many slices.
    private const int BaseSlices = WriterState.BaseBytes / BytesOfSlice;

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<WriterState> _writers = [];
    private readonly Dictionary<ulong, SliceName> _names = [];
    private long _slices;
    private ulong _draws;

    /// <summary>Slices that were not taken in, counted once a record.</summary>
    public long Refused { get; private set; }

    public IReadOnlyList<WriterState> Writers => _writers;

    public long MemoryBytes => (_slices * BytesOfSlice) + ((long)_writers.Count * WriterState.BaseBytes) + ((long)_names.Count * BytesOfName);

    public WriterState? Find(string identity) => _index.TryGetValue(identity, out var i) ? _writers[i] : null;

    /// <summary>The writer, added where new; null where it does not fit.</summary>
    public WriterState? Add(string identity)
    {
        if (Find(identity) is { } known)
            return known;
        if (Used + BaseSlices > options.MaxShardSlices)
            ForgetSmallest();
        var writer = new WriterState(identity);
        _index.Add(identity, _writers.Count);
        _writers.Add(writer);
        return writer;
    }

    /// <returns>The new slice's index, −1 where it does not fit.</returns>
    public int AddSlice(WriterState writer, ulong hash)
    {
        if (writer.Slices.Count >= options.MaxSlices || Used >= options.MaxShardSlices)
        {
            Refused++;
            return -1;
        }

        _slices++;
        return writer.Slices.Add(hash, SliceCell.New(options.SlicePrior));
    }

    public bool Named(ulong hash) => _names.ContainsKey(hash);

    public void Name(ulong hash, SliceName name)
    {
        if (_names.Count < options.MaxShardSlices)
            _names[hash] = name;
    }

    public SliceName NameOf(ulong hash) => _names.GetValueOrDefault(hash, new SliceName("(unnamed)", IsRange: false));

    public void Write(StateWriter writer)
    {
        writer.UInt64(_draws);
        writer.Int64(Refused);
        writer.Varint((ulong)_writers.Count);
        foreach (var state in _writers)
        {
            writer.String(state.Identity);
            state.Write(writer);
        }

        writer.Varint((ulong)_names.Count);
        foreach (var (hash, name) in _names.OrderBy(n => n.Key))
        {
            writer.UInt64(hash);
            writer.String(name.Text);
            writer.Bool(name.IsRange);
        }
    }

    public void Read(ref StateReader reader, int version)
    {
        _index.Clear();
        _writers.Clear();
        _names.Clear();
        _slices = 0;
        _draws = reader.UInt64();
        Refused = reader.Int64();
        var writers = reader.Length(200);
        for (var i = 0; i < writers; i++)
        {
            var state = new WriterState(reader.String());
            state.Read(ref reader, options.MaxSlices, version);
            if (!_index.TryAdd(state.Identity, i))
                throw new StateFormatException($"writer '{state.Identity}' stands twice");
            _writers.Add(state);
            _slices += state.Slices.Count;
        }

        var names = reader.Length(9);
        for (var i = 0; i < names; i++)
        {
            var hash = reader.UInt64();
            var text = reader.String();

            // Version 1 did not say which are ranges: the names of all others have an equals sign, but for that of all records.
            _names[hash] = new SliceName(text, version > 1 ? reader.Bool() : hash != RecordSlices.AllRecords && !text.Contains('='));
        }
    }

    private long Used => _slices + ((long)_writers.Count * BaseSlices);

    /// <summary>Candidates are drawn by a counter that is part of the state, so that a replay forgets the same.</summary>
    private void ForgetSmallest()
    {
        var victim = -1;
        for (var draw = 0; draw < Candidates; draw++)
        {
            var i = (int)((++_draws * 0x9E3779B97F4A7C15 >> 33) % (ulong)_writers.Count);
            if (victim < 0 || _writers[i].Records < _writers[victim].Records)
                victim = i;
        }

        _slices -= _writers[victim].Slices.Count;
        _index.Remove(_writers[victim].Identity);
        _writers[victim] = _writers[^1];
        _writers.RemoveAt(_writers.Count - 1);
        if (victim < _writers.Count)
            _index[_writers[victim].Identity] = victim;
    }
}
