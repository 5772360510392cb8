using System.Collections.Frozen;

namespace Assay.Detection.Reference;

/// <summary>
/// Learns a cohort's label reference from the contributions of its shards and publishes it in numbered views. The result depends on the
/// order of the contributions and on nothing else. Not thread-safe.
/// </summary>
public sealed partial class LabelTrainer : ICohortTrainer
{
    // Examples before the positive label is chosen, and the share that a label needs to be chosen.
    private const int ChoiceExamples = 200;
    private const double ChoiceShare = 0.01;
    private const int MaxLabels = 1000;

    private const int CapEvery = 100;
    private const int VolumeEvery = 1000;
    private const double VolumeFading = 0.98;

    // Examples of owners who are no newcomers, from which on newcomers are not learned from.
    private const long EnoughEstablished = 4000;

    private readonly LabelReferenceOptions _options;
    private readonly FoldModel[] _models;
    private readonly SortedDictionary<string, OwnerShare> _owners = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _applied = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Shard, string Owner), OwnerResidual> _residuals = [];
    private readonly double[] _levels;
    private long _version;
    private long _examples;
    private long _established;
    private string? _positive;

    public LabelTrainer(LabelReferenceOptions options)
    {
        _options = options;
        _models = [.. Enumerable.Range(0, options.Folds).Select(_ => new FoldModel(options))];
        _levels = new double[options.Folds];
        Array.Fill(_levels, double.PositiveInfinity);
    }

    /// <summary>Learns what is new in the contribution.</summary>
    public void Apply(LabelContribution contribution)
    {
        var applied = _applied.GetValueOrDefault(contribution.Shard);
        var skip = (int)Math.Clamp(applied - contribution.First, 0, contribution.Examples.Length);
        foreach (ref readonly var example in contribution.Examples.AsSpan(skip))
            Learn(contribution.Owners[example.Owner], contribution.Labels[example.Label], contribution.Slices.AsSpan(example.Start, example.Count));
        _applied[contribution.Shard] = Math.Max(applied, contribution.First + contribution.Examples.Length);
        foreach (var residual in contribution.Residuals)
            AddResidual(contribution.Shard, contribution.Owners[residual.Owner], residual);
    }

    /// <summary>The next view. Takes time and memory in proportion to the weights of all folds.</summary>
    public LabelReference Publish()
    {
        foreach (var owner in _owners.Values)
            owner.Fade(_examples, _options.ShiftWindow);
        return new LabelReference(
            ++_version,
            _positive,
            [.. _models.Select(m => m.Averages())],
            [.. _models.Select(m => (float)m.Intercept)],
            [.. _models.Select(m => m.Records)],
            CommonShift.Of(_owners.Values.Where(o => !IsNewcomer(o))),
            _owners.ToFrozenDictionary(o => o.Key, o => o.Value.Fold, StringComparer.Ordinal),
            _applied.ToFrozenDictionary(StringComparer.Ordinal));
    }

    long ICohortTrainer.Records => _examples;

    void ICohortTrainer.Apply(ReadOnlySpan<byte> contribution) => Apply(LabelContributionFormat.Read(contribution));

    byte[] ICohortTrainer.Publish() => LabelReferenceFormat.Write(Publish());

    private void Learn(string owner, string label, ReadOnlySpan<ulong> slices)
    {
        if (Share(owner) is not { } share)
            return;
        if (IsNewcomer(share))
        {
            Count(share);
            return;
        }

        _examples++;
        if (_examples % VolumeEvery == 0)
        {
            foreach (var known in _owners.Values)
                known.Volume *= VolumeFading;
            CountEstablished();
        }

        // Looking at every owner costs a constant an example, however many there are.
        if (_examples % Math.Max(CapEvery, _owners.Count) == 0)
            Cap();
        Count(share);
        if (_positive is null)
        {
            // The few examples before there is a positive label are not learned from.
            if (_labels.Count < MaxLabels || _labels.ContainsKey(label))
                _labels[label] = _labels.GetValueOrDefault(label) + 1;
            _positive = ChoosePositive();
            return;
        }

        for (var fold = 0; fold < _models.Length; fold++)
        {
            if (fold != share.Fold)
                _models[fold].Learn(slices, label == _positive, Math.Min(1, _levels[fold] / share.Volume));
        }
    }

    /// <summary>
    /// Under a name that is hardly known, where enough is known of others. Names cost nothing: whoever floods a cohort with new ones must not make its
    /// reference, nor make what is known of others fade.
    /// </summary>
    private bool IsNewcomer(OwnerShare share) => share.Volume < OwnerCap.MinVolume && _established >= EnoughEstablished;

    private void Count(OwnerShare share)
    {
        var before = Established(share);
        share.Volume++;
        _established += Established(share) - before;
    }

    private void CountEstablished() => _established = _owners.Values.Sum(Established);

    // Whole examples, so that the sum is the same in whatever order it comes about.
    private static long Established(OwnerShare share) => share.Volume < OwnerCap.MinVolume ? 0 : (long)share.Volume;

    /// <summary>Owners are dealt to the folds in the order in which they come.</summary>
    private OwnerShare? Share(string owner)
    {
        if (_owners.TryGetValue(owner, out var share))
            return share;
        if (_owners.Count >= _options.MaxOwners)
            return null;
        share = new OwnerShare(_owners.Count % _options.Folds);
        share.Restore(0, 0, 0, _examples);
        _owners.Add(owner, share);
        return share;
    }

    private void Cap()
    {
        for (var fold = 0; fold < _levels.Length; fold++)
            _levels[fold] = OwnerCap.Level(_owners.Values.Where(o => o.Fold != fold).Select(o => o.Volume), _options.OwnerCap);
    }

    private void AddResidual(string shard, string owner, in OwnerResidual sum)
    {
        if (!_owners.TryGetValue(owner, out var share))
            return;
        var before = _residuals.GetValueOrDefault((shard, owner));
        _residuals[(shard, owner)] = sum;
        share.Fade(_examples, _options.ShiftWindow);
        share.Add(sum.Score - before.Score, sum.Information - before.Information);
    }

    /// <summary>The rarest label that is no curiosity; of two equally rare the first by name. Null while there are too few examples or one label.</summary>
    private string? ChoosePositive()
    {
        var total = _labels.Values.Sum();
        var choices = _labels.Where(l => l.Value >= ChoiceShare * total).ToArray();
        return total < ChoiceExamples || choices.Length < 2 ? null : choices.MinBy(l => l.Value).Key;
    }
}
