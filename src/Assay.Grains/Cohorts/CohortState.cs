using Assay.Contracts.Cohorts;
using Assay.Contracts.State;
using Assay.Detection;
using Assay.Grains.State;

namespace Assay.Grains.Cohorts;

/// <summary>
/// What a cohort has learned from its shards, without Orleans. Deterministic: the same contributions in the same order give the same views and the
/// same bytes.
/// </summary>
internal sealed class CohortState
{
    private static readonly StateFrame Frame = new("ACOH");
    private readonly string _dataset;
    private readonly bool _frozen;
    private readonly IReadOnlyList<KeyValuePair<string, ICohortTrainer>> _trainers;
    private readonly CohortMembers _members = new();
    private readonly LatestView _latest = new();
    private readonly IReadOnlyList<KeyValuePair<string, IStateSection>> _sections;
    private long _recordsAtView;
    private bool _changed;

    public CohortState(string dataset, DetectorSet detectors, bool frozen)
    {
        _dataset = dataset;
        _frozen = frozen;
        _trainers = detectors.CreateTrainers();

        // Permanent names.
        _sections =
        [
            new("members", _members),
            new("view", _latest),
            .. _trainers.Select(t => new KeyValuePair<string, IStateSection>($"trainer/{t.Key}", t.Value)),
        ];
    }

    public CohortView? Latest => _latest.View;

    public long Identities => _members.Identities;

    public long Records => _members.Records;

    /// <summary>Records contributed since the last view.</summary>
    public long SinceView => Learned - _recordsAtView;

    private long Learned => _trainers.Count == 0 ? 0 : _trainers.Max(t => t.Value.Records);

    /// <summary>Takes in a contribution; repeated and late ones change nothing. While views are frozen nothing is learned: no view would show it.</summary>
    /// <exception cref="StateFormatException">A part cannot be read.</exception>
    public void Apply(CohortContribution contribution)
    {
        if (!_members.IsNew(contribution))
            return;
        foreach (var part in _frozen ? [] : contribution.Parts)
            _trainers.FirstOrDefault(t => t.Key == part.Detector).Value?.Apply(part.Data);
        _members.Apply(contribution);
        _changed = true;
    }

    /// <summary>The next view; null where nothing has changed that it would show.</summary>
    public CohortView? Next(bool contested)
    {
        if (contested == (Latest?.Contested ?? false) && (_frozen || !_changed))
            return null;
        _latest.View = new CohortView
        {
            Dataset = _dataset,
            Version = (Latest?.Version ?? 0) + 1,
            Contested = contested,
            Identities = Identities,
            Records = Records,
            Parts = _frozen ? Latest?.Parts ?? [] : [.. _trainers.Select(t => new CohortPart(t.Key, t.Value.Publish()))],
        };
        _recordsAtView = Learned;
        _changed = false;
        return _latest.View;
    }

    public byte[] Save() => Frame.Write(_dataset, _sections);

    /// <exception cref="StateFormatException">Not the state of this cohort in a known version.</exception>
    public void Load(ReadOnlySpan<byte> data)
    {
        Frame.Read(data, _dataset, _sections);
        _recordsAtView = Learned;
    }
}
