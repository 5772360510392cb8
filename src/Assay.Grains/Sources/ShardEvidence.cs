using System.Globalization;
using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Contracts.Trust;
using Assay.Detection;
using Assay.Trust.Ledger;

namespace Assay.Grains.Sources;

/// <summary>
/// The evidence of one shard against its writers: adds up what the detectors find, accuses a writer whose evidence passes A here, applies
/// decisions, and follows whom the identity grains need to hear of.
/// </summary>
internal sealed class ShardEvidence
{
    private readonly SourceId _id;
    private readonly ShardTrust _trust;
    private readonly IDetector[] _detectors;
    private readonly IdentityRecords _identities;
    private readonly SortedSet<string> _followed = new(StringComparer.Ordinal);

    public ShardEvidence(SourceId id, ShardTrust trust, IDetector[] detectors, IdentityRecords identities)
    {
        (_id, _trust, _detectors, _identities) = (id, trust, detectors, identities);
        Ledger = new EvidenceLedger(trust.Ledger, detectors.Select(d => d is IEvidenceDetector evidence
            ? new LedgerDetector(d.Id, evidence.SubjectSlots, evidence.Preference)
            : new LedgerDetector(d.Id)),
            name => trust.Standings.Find(name, id.Source)?.Standing == Standing.Quarantined);
    }

    public EvidenceLedger Ledger { get; }

    public PostureBudget Posture { get; } = new();

    /// <summary>Somebody has become proven, crossed the floor or passed A since the last reports: the identity grains should hear at once.</summary>
    public bool Urgent { get; private set; }

    private double Threshold => _trust.Standing.CleanRecordsPerFalseQuarantine;

    // Reported in between too, since an identity may become proven in several shards together.
    private long ProvingStep => Math.Max(1, _trust.Standing.ProvenRecords / 4);

    private double Floor => Threshold * _trust.Standing.ClearShare;

    /// <summary>The decision that governs a writer now. One that voids evidence takes effect on the shard's here.</summary>
    /// <param name="dataset">Of the record that is about to be judged.</param>
    public Decision? Governing(IdentityRecord writer, string dataset)
    {
        var version = _trust.Standings.Version;
        if (writer.TableVersion == version)
            return writer.Governing;
        writer.TableVersion = version;
        writer.Governing = _trust.Standings.Find(writer.Identity, _id.Source);
        if (_trust.Standings.Find(KeyOf(writer.Identity)) is { } own && own.Epoch > writer.SeenEpoch)
            Apply(writer, own, dataset);
        if (writer.Governing?.Standing == Standing.Watched)
            _followed.Add(writer.Identity);
        return writer.Governing;
    }

    /// <summary>Adds what was found in a record.</summary>
    /// <returns>M of the writer in this shard.</returns>
    public double Observe(IdentityRecord writer, Record record, Finding[] findings)
    {
        var gamma = _trust.Posture.Weights.Count == 0 ? 1 : Posture.Next(_trust.Posture.Weights.TryGetValue(writer.Identity, out var weight) ? weight : 1);
        var speaks = false;
        string? rule = null;
        foreach (var finding in findings)
        {
            speaks |= finding.Count > 0;
            rule ??= finding.Accuses ? finding.Rule : null;
        }

        if (speaks)
        {
            writer.Mass = Ledger.Observe(writer.Identity, RecordStamp.Of(record.Offset, writer.Admitted), findings, gamma);
            writer.Monitored++;
        }
        else if (double.IsNaN(writer.Mass))
        {
            writer.Mass = Ledger.Mass(writer.Identity);
        }

        if (speaks || rule is not null)
            Judge(writer, record, findings, speaks, rule);
        return writer.Mass;
    }

    /// <summary>What the identity grains should hear of now, in order of the writers' names.</summary>
    /// <param name="dataset">Whose cohort the shard belongs to.</param>
    public ShardReport[] Reports(string dataset)
    {
        Urgent = false;
        var reports = new List<ShardReport>();
        var settled = new List<string>();
        foreach (var name in _followed)
        {
            if (_identities.Find(name) is not { } writer)
            {
                settled.Add(name);
                continue;
            }

            var report = writer.Accusation ?? Report(writer, LastPlace(writer), dataset);
            reports.Add(writer.Before is null ? report : report with { Before = writer.Before });
            if (!Follows(writer))
                settled.Add(name);
        }

        _followed.ExceptWith(settled);
        return [.. reports];
    }

    /// <summary>
    /// Follows again whom it followed, after the state was read, and whoever it stopped admitting or accused: whether that was told is not known. A
    /// watched writer is followed from its next record on.
    /// </summary>
    public void Restored()
    {
        _followed.Clear();
        foreach (var writer in _identities.All.Where(w => w.Before is not null || w.Accusation is not null || Follows(w)))
            _followed.Add(writer.Identity);
    }

    private static bool Unproven(IdentityRecord writer) => (writer.Governing?.Standing ?? Standing.Unproven) == Standing.Unproven;

    private StandingKey KeyOf(string identity) => _trust.Grades.KeyOf(_id.Topic, identity, _id.Source);

    private void Judge(IdentityRecord writer, Record record, Finding[] findings, bool speaks, string? rule)
    {
        // A certain sign rests on no comparison, so that a contest does not keep it from being told.
        // One of a quarantined writer is settled; its evidence is told once more, when it is certain what it is about.
        var standing = writer.Governing?.Standing ?? Standing.Unproven;
        var sign = standing == Standing.Quarantined ? null : rule;
        var accused = standing switch
        {
            Standing.Paused or Standing.Revoked => false,
            Standing.Quarantined => writer.Mass >= _trust.Standing.CertainMass(),
            Standing.Contested => sign is not null,
            _ => sign is not null || writer.Mass >= Threshold,
        };
        if (accused && writer.Accusation is null)
        {
            var report = Report(writer, new RecordPlace(record.Id, _id.Topic, _id.Partition, record.Offset), record.Dataset);
            writer.Accusation = sign is null ? report : report with { Rule = sign, Subject = sign, Sentence = Explain(sign, record, findings) };
            _followed.Add(writer.Identity);
            Urgent = true;
        }
        else if ((writer.Mass >= Floor && standing != Standing.Quarantined) || (speaks && writer.Monitored % ProvingStep == 0 && Unproven(writer)))
        {
            Urgent |= _followed.Add(writer.Identity);
        }
    }

    private string? Explain(string rule, Record record, Finding[] findings)
    {
        for (var i = 0; i < findings.Length; i++)
        {
            if (findings[i].Rule == rule)
                return _detectors[i].Explain(record, findings[i]);
        }

        return null;
    }

    /// <summary>Whether the identity grain should go on hearing of the writer at every checkpoint. Of one that it has judged it hears once.</summary>
    private bool Follows(IdentityRecord writer)
    {
        var standing = (writer.Governing ?? _trust.Standings.Find(writer.Identity, _id.Source))?.Standing;
        return standing != Standing.Quarantined
            && (writer.Accusation is not null || Ledger.Mass(writer.Identity) >= Floor || writer.Governing?.Standing == Standing.Watched);
    }

    private void Apply(IdentityRecord writer, Decision decision, string dataset)
    {
        writer.Before = decision.Standing.Withholds() ? writer.Before ?? Closing(writer, dataset) : null;
        if (decision.EvidenceEpoch > writer.SeenEpoch)
        {
            Ledger.Reset(writer.Identity);
            foreach (var detector in _detectors)
                (detector as IEvidenceDetector)?.Reset(writer.Identity);
            writer.Mass = 0;
            writer.Accusation = null;
        }

        if (decision.Standing == Standing.Quarantined || (decision.Standing == Standing.Contested && writer.Accusation?.Rule is null))
            writer.Accusation = null;
        writer.SeenEpoch = decision.Epoch;

        // Once more, so that the identity grain learns up to which record the shard went on as before.
        _followed.Add(writer.Identity);
    }

    /// <summary>How things stand when the writer's records are withheld; null where nothing was admitted since its onset.</summary>
    private ShardReport? Closing(IdentityRecord writer, string dataset)
    {
        if (!(Ledger.Mass(writer.Identity) > 0) || writer.LastId.Length == 0)
            return null;
        var report = Report(writer, LastPlace(writer), dataset);
        return report.AdmittedSinceOnset > 0 ? report : null;
    }

    private RecordPlace LastPlace(IdentityRecord writer) => new(writer.LastId, _id.Topic, _id.Partition, writer.LastOffset);

    private ShardReport Report(IdentityRecord writer, RecordPlace at, string dataset)
    {
        var found = Ledger.Assess(writer.Identity);
        var detector = found.Detector < 0 ? null : _detectors[found.Detector] as IEvidenceDetector;
        var onset = found.Onset < 0 ? -1 : RecordStamp.Offset(found.Onset, at.Offset);
        return new ShardReport
        {
            Key = KeyOf(writer.Identity),
            Shard = _id.ToString(),
            Dataset = dataset,
            Sequence = at.Offset,
            SeenEpoch = writer.SeenEpoch,
            Mass = found.Mass,
            MonitoredRecords = writer.Monitored,
            At = at,
            Onset = onset < 0 ? null : Place(onset),
            AdmittedSinceOnset = onset < 0 ? 0 : AdmittedSince(writer, found.Onset, onset),
            Detector = detector?.Id,
            Subject = detector?.Subject(writer.Identity, found.Slot),
            Sentence = detector?.Sentence(writer.Identity, found.Slot),
        };
    }

    /// <summary>Where the writer's record was forgotten since the onset and begun again: at least so many, and never none.</summary>
    private static long AdmittedSince(IdentityRecord writer, long stamp, long onset) =>
        onset < writer.FirstOffset ? Math.Max(1, writer.Admitted) : RecordStamp.AdmittedSince(stamp, writer.Admitted);

    private RecordPlace Place(long offset) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_id.Topic}/{_id.Partition}/{offset}"), _id.Topic, _id.Partition, offset);
}
