using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using Assay.Contracts.Cohorts;
using Assay.Contracts.Sources;
using Assay.Contracts.State;
using Assay.Detection;
using Assay.Detection.Statistics;
using Assay.Grains.Cohorts;

namespace Assay.Grains.Sources;

/// <summary>
/// A shard as a member of its cohort, which is that of the first dataset it writes for: scores with the cohort's latest view, and gives to
/// the next.
/// </summary>
internal sealed class ShardCohort(SourceId id, CohortViews views, DetectorSet set, IDetector[] detectors) : IStateSection
{
    private readonly string _key = id.ToString();
    private readonly SmallestHashes _identities = new(CohortContribution.MaxHashes);
    private readonly ICohortDetector[] _members = [.. detectors.OfType<ICohortDetector>()];
    private long _contributedAt = -1;

    /// <summary>Empty before the first record.</summary>
    public string Dataset { get; private set; } = "";

    /// <summary>Records that were compared with a sufficient reference.</summary>
    public long Monitored { get; private set; }

    /// <summary>The view in use.</summary>
    public CohortReading Reading { get; private set; } = CohortReading.None;

    public int StateVersion => 1;

    /// <summary>Makes the detectors ready, after the shard was created or its state read.</summary>
    public void Attach()
    {
        Reading = views.Find(Dataset);
        foreach (var detector in _members)
            detector.Use(Reading.Reference(detector.Id) ?? set.ReadReference(detector.Id, [])!, _key);
    }

    /// <summary>Goes over to the latest view. Never in the middle of a batch.</summary>
    public void Refresh()
    {
        if (views.Find(Dataset) is var latest && !ReferenceEquals(latest, Reading))
            Attach();
    }

    public void Join(string dataset)
    {
        Dataset = dataset;
        Refresh();
    }

    /// <summary>Counts a record that was compared.</summary>
    /// <param name="firstOfWriter">The first of its identity.</param>
    public void Count(string identity, bool firstOfWriter)
    {
        Monitored++;
        if (firstOfWriter)
            _identities.Add(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(identity.AsSpan())));
    }

    /// <summary>Null where the cohort would learn nothing new.</summary>
    public CohortContribution? Contribute(long lastOffset)
    {
        if (Dataset.Length == 0 || (Monitored == _contributedAt && !_members.Any(m => m.HasNews)))
            return null;
        _contributedAt = Monitored;
        return new CohortContribution
        {
            Shard = _key,
            Dataset = Dataset,
            Sequence = lastOffset,
            MonitoredRecords = Monitored,
            IdentityHashes = _identities.ToArray(),
            Parts = [.. _members.Where(m => m.HasNews).Select(m => new CohortPart(m.Id, m.Contribute(_key)))],
        };
    }

    public void Write(StateWriter writer)
    {
        writer.String(Dataset);
        writer.Int64(Monitored);
        _identities.Write(writer);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"cohort membership of version {version}; this program reads version 1");
        Dataset = reader.String();
        Monitored = reader.Int64();
        _identities.Read(ref reader, 1);
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("dataset", Dataset);
        json.WriteNumber("monitored_records", Monitored);
        json.WriteNumber("monitored_identities", _identities.Distinct);
        json.WriteEndObject();
    }
}
