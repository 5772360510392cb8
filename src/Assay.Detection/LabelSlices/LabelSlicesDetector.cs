using System.Runtime.CompilerServices;
using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Detection.Reference;

namespace Assay.Detection.LabelSlices;

/// <summary>
/// Directed label evidence for a change of one writer against its own settled difference from its peers, slice by slice (DETECTION §2a).
/// Beside the calls of <see cref="IDetector"/> it takes numbered views of the cohort (<see cref="Use"/>) and gives contributions to the next
/// (<see cref="Contribute"/>); between two views a shard needs nothing but its own state.
/// </summary>
public sealed partial class LabelSlicesDetector(LabelSlicesOptions options) : ICohortDetector
{
    public const string DetectorId = "label-slices";

    // Examples of other owners below which there are no peers to compare with.
    private const int MinPeerRecords = 300;
    private const int Directions = 2;

    // A record's slice: hash, index, judgement.
    private static readonly long BytesOfSlot = sizeof(ulong) + sizeof(int) + Unsafe.SizeOf<SliceJudgement>();

    private readonly RecordSlices _slices = new(options.MaxColumns);
    private readonly WriterTable _writers = new(options);
    private readonly PendingExamples _pending = new(options.MaxPending);
    private readonly int[] _cells = new int[RecordSlices.MaxSlices(options.MaxColumns)];
    private readonly SliceJudgement[] _judgements = new SliceJudgement[RecordSlices.MaxSlices(options.MaxColumns)];
    private LabelReference? _cohort;
    private double _shiftOdds = 1;
    private Prediction _prediction;
    private WriterState? _writer;
    private RecordKey _judged = Nothing;
    private RecordKey _observed = Nothing;

    public string Id => DetectorId;

    /// <summary>Slots in a row that bet on one direction of one slice, at different rates.</summary>
    public static int SubjectSlots => SliceJudgement.Rates.Length;

    public long MemoryBytes => _writers.MemoryBytes + _pending.MemoryBytes + (_judgements.Length * BytesOfSlot);

    /// <summary>The version of the view in use, which the verdict names; 0 without one.</summary>
    public long ViewVersion => View.Version;

    /// <summary>Records without a verdict of this detector because no more writers or slices can be kept.</summary>
    public long Unmonitored => _writers.Refused;

    /// <summary>
    /// Scores what follows with a newer view, and forgets the examples that the view has seen. Before the first view, be it
    /// <see cref="LabelReference.Empty"/>, the detector does nothing: it has no cohort to learn with.
    /// </summary>
    public void Use(LabelReference view, string shard)
    {
        _cohort = view;
        _shiftOdds = Math.Exp(view.Shift ?? 0);
        _pending.DropBefore(view.Applied.GetValueOrDefault(shard));
        _judged = _observed = Nothing;
    }

    /// <summary>What the cohort's trainer has not seen of this shard. A repeat, or a contribution that gets lost, does no harm.</summary>
    public LabelContribution Contribute(string shard) => _pending.Build(shard);

    public bool HasNews => _pending.Count > 0;

    int IEvidenceDetector.SubjectSlots => SubjectSlots;

    byte[] ICohortDetector.Contribute(string shard) => LabelContributionFormat.Write(Contribute(shard));

    void ICohortDetector.Use(CohortReference reference, string shard) => Use((LabelReference)reference, shard);

    public void Score(Record record, Finding finding)
    {
        Judge(record);
        if (!_prediction.Speaks || _writer is null)
            return;
        var speaking = 0;
        for (var i = 0; i < _slices.Count; i++)
            speaking += (_judgements[i].Missing.Speaks ? 1 : 0) + (_judgements[i].Appearing.Speaks ? 1 : 0);

        // Who speaks is known before the label, so the record's start mass may go to those alone.
        var weight = 1.0 / (speaking * SliceJudgement.Rates.Length);
        for (var i = 0; i < _slices.Count; i++)
        {
            Bet(finding, _judgements[i].Missing, Slot(_cells[i], 0), weight);
            Bet(finding, _judgements[i].Appearing, Slot(_cells[i], 1), weight);
        }

        var likelihood = _prediction.Positive ? _prediction.Odds / (1 + _prediction.Odds) : 1 / (1 + _prediction.Odds);
        finding.Score = likelihood < 0.5 ? -Math.Log10(likelihood) : 0;
    }

    public void Observe(Record record)
    {
        if (RecordKey.Of(record) != _judged)
            Judge(record);
        if (record.Label is null || View.Positive is null)
            return;
        var writer = _writer ??= _writers.Add(record.Identity);
        if (writer is null)
            return;
        writer.Records++;
        writer.LastPositive = _prediction.Positive;
        var memory = View.Shift is null ? options.NullMemory : options.NullMemoryWithShift;
        for (var i = 0; i < _slices.Count; i++)
        {
            if (_cells[i] < 0 && !TryAdd(record, writer, i))
                continue;
            SliceLearning.Observe(ref writer.Slices[_cells[i]], _judgements[i], _prediction.Positive, memory);
        }

        (_observed, _judged) = (_judged, Nothing);
    }

    public void Learn(Record record)
    {
        if (record.Label is null || _cohort is null)
            return;
        if (RecordKey.Of(record) != _observed)
            Judge(record);
        (_observed, _judged) = (Nothing, Nothing);
        if (View.Positive is null)
            _slices.Read(record);
        var owner = Owner(record);
        _pending.Add(owner, record.Label, _slices.Hashes);
        if (View.Positive is null || _writer is null)
            return;
        var gradient = Logistic.Probability(_prediction.OwnRaw) - (_prediction.Positive ? 1 : 0);
        _pending.AddResidual(owner, (_prediction.Positive ? 1 : 0) - _prediction.Unshifted, _prediction.Unshifted * (1 - _prediction.Unshifted));
        for (var i = 0; i < _slices.Count; i++)
        {
            if (_cells[i] >= 0)
                SliceLearning.Learn(ref _writer.Slices[_cells[i]], gradient, _prediction.Peers);
        }

        if (_prediction.Peers)
            _writer.Calibration.Learn(_prediction.PeerLogOdds, _prediction.ByPeers, _prediction.ByOwn, _prediction.Positive);
    }

    /// <summary>Takes back what was bet against the writer, as after a quarantine or a release: its present ways count as settled.</summary>
    public void Reset(string identity)
    {
        if (_writers.Find(identity) is not { } writer)
            return;
        for (var i = 0; i < writer.Slices.Count; i++)
        {
            ref var cell = ref writer.Slices[i];
            cell.Missing.Cusum = cell.Appearing.Cusum = 1;
            cell.Missing.Settled = cell.Appearing.Settled = cell.Odds;
        }
    }

    private LabelReference View => _cohort ?? LabelReference.Empty;

    private static int Slot(int cell, int direction) => ((cell * Directions) + direction) * SliceJudgement.Rates.Length;

    private static void Bet(Finding finding, in DirectionJudgement judgement, int slot, double weight)
    {
        if (!judgement.Speaks)
            return;
        for (var i = 0; i < SliceJudgement.Rates.Length; i++)
            finding.Add(slot + i, judgement.EValue(i), weight);
    }

    /// <summary>Who is left out of the reference: the owner where known, else the identity.</summary>
    private static string Owner(Record record) => record.Owner ?? record.Identity;

    private void Judge(Record record)
    {
        _judged = RecordKey.Of(record);
        _prediction = default;
        _writer = null;
        if (record.Label is null || View.Positive is null)
            return;
        _slices.Read(record);
        _writer = _writers.Find(record.Identity);
        if (_writer is { Records: > 0 })
            _slices.Follow(_writer.LastPositive);
        for (var i = 0; i < _slices.Count; i++)
            _cells[i] = _writer?.Slices.Find(_slices.Hashes[i]) ?? -1;
        _prediction = Predict(record, _writer);
        for (var i = 0; i < _slices.Count; i++)
        {
            var cell = _cells[i] < 0 ? SliceCell.New(options.SlicePrior) : _writer!.Slices[_cells[i]];
            _judgements[i] = default;
            _judgements[i].Judge(cell, _prediction.Odds, _prediction.Positive, _prediction.Speaks && RecordSlices.IsBetOn(_slices.Hashes[i]), options, _prediction.Peers);
        }
    }

    private Prediction Predict(Record record, WriterState? writer)
    {
        var fold = writer?.Fold(View, Owner(record)) ?? View.FoldOf(Owner(record));
        var prediction = new Prediction { Positive = record.Label == View.Positive, Peers = View.PeerRecords(fold) >= MinPeerRecords };
        prediction.PeerLogOdds = prediction.Peers ? View.LogOdds(fold, _slices.Hashes) : 0;
        prediction.ByPeers = writer?.Calibration.ByPeers(prediction.PeerLogOdds) ?? Logistic.Probability(prediction.PeerLogOdds);
        var average = 0.0;
        if (writer is not null)
        {
            for (var i = 0; i < _slices.Count; i++)
            {
                if (_cells[i] < 0)
                    continue;
                ref var cell = ref writer.Slices[_cells[i]];
                average += cell.Average;
                prediction.OwnRaw += cell.Weight;
            }
        }

        prediction.ByOwn = Logistic.Probability(Math.Clamp(average, -6, 6));
        var peerWeight = !prediction.Peers ? 0 : writer?.Calibration.PeerWeight ?? 1;
        var mixed = (peerWeight * prediction.ByPeers) + ((1 - peerWeight) * prediction.ByOwn);
        prediction.Unshifted = Math.Clamp(mixed, options.MinProbability, 1 - options.MinProbability);
        prediction.Odds = prediction.Unshifted / (1 - prediction.Unshifted) * _shiftOdds;
        prediction.Speaks = writer is not null && writer.Records >= options.MinOwnRecords
            && Math.Max(View.Records, writer.Records) > options.MinCohortRecords;
        return prediction;
    }

    private bool TryAdd(Record record, WriterState writer, int slice)
    {
        _cells[slice] = _writers.AddSlice(writer, _slices.Hashes[slice]);
        if (_cells[slice] < 0)
            return false;
        if (!_writers.Named(_slices.Hashes[slice]))
            _writers.Name(_slices.Hashes[slice], _slices.Name(record, slice));
        return true;
    }

    private static RecordKey Nothing => new("", "", -1, null);

    /// <summary>Which record the working state is about; readers reuse one record object for all.</summary>
    private readonly record struct RecordKey(string Id, string Identity, long Offset, string? Label)
    {
        public static RecordKey Of(Record record) => new(record.Id, record.Identity, record.Offset, record.Label);
    }

    /// <summary>What is expected of a record's label before its slices' own differences.</summary>
    private struct Prediction
    {
        public bool Positive;
        public bool Peers;
        public bool Speaks;
        public double PeerLogOdds;
        public double ByPeers;
        public double OwnRaw;
        public double ByOwn;

        /// <summary>Probability of the positive label by peers and own past.</summary>
        public double Unshifted;

        /// <summary>Odds of the same with the cohort's common shift.</summary>
        public double Odds;
    }
}
